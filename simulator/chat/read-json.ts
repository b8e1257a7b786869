import type { FieldViolation } from './api-error.ts';
import type { Field, FieldType, Protos } from './protos.ts';

/** Tells what is wrong with a value in the words of Google's JSON transcoder. */
type Report = (field: string, description: string) => void;

/**
 * Reads JSON as a message of the protos: unknown fields, values of the wrong type, unknown enum values and fields that only
 * Chat may set are violations. `null` means that a field isn't set, as in proto3's JSON.
 *
 * Stricter than Google in one thing: Google drops fields that only it may set, here they are refused, because who sends them
 * expects something of it.
 *
 * @param root what Google calls the body in its messages; empty when the body is the whole request
 */
export function readJson(
  protos: Protos,
  messageType: string,
  json: unknown,
  root: string,
): { value: Record<string, unknown>; violations: FieldViolation[] } {
  const violations: FieldViolation[] = [];
  const report: Report = (field, description) => violations.push({ field, description });
  const value = readMessage(protos, messageType, json, root, report);
  return { value, violations };
}

function readMessage(
  protos: Protos,
  type: string,
  json: unknown,
  path: string,
  report: Report,
): Record<string, unknown> {
  if (!isObject(json)) {
    report(path, invalidValue(path, `type.googleapis.com/${type}`, json));
    return {};
  }
  const fields = protos.fields(type);
  const setOneofs = new Set<string>();
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const field = fields.get(key);
    const at = inside(path, key);
    if (field === undefined) {
      report(path, unknownName(key, path, 'Cannot find field.'));
    } else if (value !== null) {
      checkBehaviour(field, key, at, setOneofs, report);
      read[key] = readField(protos, field, key, value, path, at, report);
    }
  }
  for (const [key, { required }] of fields) {
    if (required && isUnset(read[key])) {
      report(inside(path, key), `Required field '${inside(path, key)}' is missing.`);
    }
  }
  return read;
}

/** In proto3, what is empty can't be told from what isn't there. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function checkBehaviour(
  { outputOnly, oneof }: Field,
  key: string,
  at: string,
  setOneofs: Set<string>,
  report: Report,
): void {
  if (outputOnly) report(at, `Invalid value at '${at}': the field is output only.`);
  if (oneof === undefined) return;
  if (setOneofs.has(oneof)) {
    report(
      at,
      `Invalid value at '${at}' (oneof), oneof field '${oneof}' is already set. Cannot set '${key}'`,
    );
  }
  setOneofs.add(oneof);
}

function readField(
  protos: Protos,
  field: Field,
  key: string,
  value: unknown,
  path: string,
  at: string,
  report: Report,
): unknown {
  if (!field.repeated) {
    if (!Array.isArray(value)) return readValue(protos, field.type, value, at, report);
    report(path, unknownName(key, path, 'Proto field is not repeating, cannot start list.'));
    return undefined;
  }
  if (!Array.isArray(value)) {
    report(at, invalidValue(at, 'list', value));
    return undefined;
  }
  return value.map((item: unknown, index) =>
    readValue(protos, field.type, item, `${at}[${index}]`, report),
  );
}

function readValue(
  protos: Protos,
  type: FieldType,
  value: unknown,
  at: string,
  report: Report,
): unknown {
  const scalar = SCALARS[type.name];
  if (scalar !== undefined) {
    if (!scalar.accepts(value)) report(at, invalidValue(at, scalar.label, value));
    return value;
  }
  if (type.kind === 'message') return readMessage(protos, type.name, value, at, report);
  if (type.kind === 'enum' && typeof value === 'string' && type.values.includes(value))
    return value;
  report(at, invalidValue(at, `type.googleapis.com/${type.name}`, value));
  return value;
}

const isString = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const matches = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);
const isInt32 = (value: unknown): boolean =>
  Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31;
const isInt64 = (value: unknown): boolean =>
  Number.isSafeInteger(value) || matches(/^-?\d{1,19}$/)(value);

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Types whose JSON is one value: the scalars of protobuf, and the well-known types among the messages. */
const SCALARS: Readonly<
  Record<string, { label: string; accepts: (value: unknown) => boolean } | undefined>
> = {
  string: { label: 'TYPE_STRING', accepts: isString },
  bytes: { label: 'TYPE_BYTES', accepts: matches(/^[\w+/-]*={0,2}$/) },
  bool: { label: 'TYPE_BOOL', accepts: (value) => typeof value === 'boolean' },
  int32: { label: 'TYPE_INT32', accepts: isInt32 },
  int64: { label: 'TYPE_INT64', accepts: isInt64 },
  float: { label: 'TYPE_FLOAT', accepts: isNumber },
  double: { label: 'TYPE_DOUBLE', accepts: isNumber },
  'google.protobuf.FloatValue': { label: 'TYPE_FLOAT', accepts: isNumber },
  'google.protobuf.Timestamp': {
    label: 'type.googleapis.com/google.protobuf.Timestamp',
    accepts: matches(TIMESTAMP),
  },
  'google.protobuf.Duration': {
    label: 'type.googleapis.com/google.protobuf.Duration',
    accepts: matches(/^-?\d+(\.\d{1,9})?s$/),
  },
  'google.protobuf.FieldMask': {
    label: 'type.googleapis.com/google.protobuf.FieldMask',
    accepts: isString,
  },
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownName(key: string, path: string, why: string): string {
  const at = path === '' ? '' : ` at '${path}'`;
  return `Invalid JSON payload received. Unknown name "${key}"${at}: ${why}`;
}

function invalidValue(at: string, type: string, value: unknown): string {
  return `Invalid value at '${at}' (${type}), ${JSON.stringify(value)}`;
}

function inside(path: string, key: string): string {
  return path === '' ? snakeCase(key) : `${path}.${snakeCase(key)}`;
}

/** The name of the field in the protos, which Google uses in its messages. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
