import { badRequest, type FieldViolation, notSimulated } from './api-error.ts';
import type { FieldType, HttpBinding, Protos } from './protos.ts';
import { snakeCase } from './read-json.ts';
import { variablesOf } from './routes.ts';

/** The parameters of one request, of the types that the protos give them. */
export interface Query {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean;
}

/** Parameters that every Google API takes; only some of them mean anything here. */
export const SYSTEM_PARAMETERS: ReadonlySet<string> = new Set([
  '$.xgafv',
  'access_token',
  'alt',
  'callback',
  'fields',
  'key',
  'oauth_token',
  'prettyPrint',
  'quotaUser',
  'uploadType',
  'upload_protocol',
]);

/** The query parameters of a binding: the fields of its request that are neither in the path nor in the body. */
export function parametersOf(
  protos: Protos,
  { requestType, template, body }: HttpBinding,
): ReadonlyMap<string, { type: FieldType; repeated: boolean }> {
  if (body === '*') return new Map();
  const elsewhere = new Set(variablesOf(template).map((name) => name.split('.')[0] ?? ''));
  if (body !== undefined) elsewhere.add(camelCase(body));
  return new Map(
    [...protos.fields(requestType)]
      .filter(([name]) => !elsewhere.has(name))
      .flatMap(([name, field]) => flatten(protos, name, field)),
  );
}

function flatten(
  protos: Protos,
  name: string,
  { type, repeated }: { type: FieldType; repeated: boolean },
): [string, { type: FieldType; repeated: boolean }][] {
  if (type.kind !== 'message' || type.name.startsWith('google.protobuf.')) {
    return [[name, { type, repeated }]];
  }
  return [...protos.fields(type.name)].flatMap(([inner, field]) =>
    flatten(protos, `${name}.${inner}`, field),
  );
}

/** @throws ApiError for unknown parameters, repeated ones, and values of the wrong type */
export function readQuery(protos: Protos, binding: HttpBinding, search: URLSearchParams): Query {
  const parameters = parametersOf(protos, binding);
  const violations: FieldViolation[] = [];
  for (const name of new Set(search.keys())) {
    const parameter = parameters.get(name);
    const values = search.getAll(name);
    if (parameter === undefined) {
      if (!SYSTEM_PARAMETERS.has(name)) violations.push(cannotBind(name));
    } else if (values.length > 1 && !parameter.repeated) {
      violations.push(repeatedParameter(name));
    } else {
      violations.push(...values.flatMap((value) => wrongValue(name, parameter.type, value)));
    }
  }
  if (violations.length > 0) throw badRequest(violations);
  refuseUnsimulated(search);

  return {
    text: (name) => search.get(name) ?? undefined,
    number: (name) => (search.has(name) ? Number(search.get(name)) : undefined),
    flag: (name) => search.get(name) === 'true',
  };
}

function refuseUnsimulated(search: URLSearchParams): void {
  if ((search.get('alt') ?? 'json') !== 'json') throw notSimulated('responses other than JSON');
  if (search.has('fields')) throw notSimulated('partial responses');
}

function cannotBind(name: string): FieldViolation {
  const description = `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`;
  return { field: '', description };
}

function repeatedParameter(name: string): FieldViolation {
  const description = `Invalid JSON payload received. Unknown name "${name}": Proto field is not repeating, cannot start list.`;
  return { field: '', description };
}

function wrongValue(name: string, type: FieldType, value: string): FieldViolation[] {
  if (accepts(type, value)) return [];
  const field = snakeCase(name);
  const label =
    type.kind === 'scalar' ? `TYPE_${type.name.toUpperCase()}` : `type.googleapis.com/${type.name}`;
  return [
    { field, description: `Invalid value at '${field}' (${label}), ${JSON.stringify(value)}` },
  ];
}

function accepts(type: FieldType, value: string): boolean {
  if (type.kind === 'enum') return type.values.includes(value);
  if (type.name === 'bool') return value === 'true' || value === 'false';
  if (type.name === 'int32') return /^-?\d{1,10}$/.test(value);
  return true;
}

export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
