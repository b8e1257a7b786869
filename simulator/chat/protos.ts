import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { NOT_IN_THE_PROTOS, REQUIRED_BY_THE_REFERENCE } from './protos-addenda.ts';

/** A field of a message: its JSON name is its key. */
export interface Field {
  type: FieldType;
  repeated: boolean;
  outputOnly: boolean;
  required: boolean;
  /** The group of fields of which only one may be set. */
  oneof?: string;
}

export type FieldType =
  | { kind: 'scalar'; name: string }
  | { kind: 'enum'; name: string; values: readonly string[] }
  | { kind: 'message'; name: string };

export type Fields = ReadonlyMap<string, Field>;

/** One way to call a method of the service. */
export interface HttpBinding {
  /** As in the protos, for example `CreateMessage`. */
  method: string;
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For example `/v1/{parent=spaces/*}/messages`. */
  template: string;
  /** The request field that is the body; `*` is the whole request; absent when there is no body. */
  body?: string;
  requestType: string;
}

/** Google's own description of the Chat API, as it comes with Google's gRPC client. */
export interface Protos {
  bindings: readonly HttpBinding[];
  /** @throws Error when there is no such message */
  fields(messageType: string): Fields;
}

const field = z.object({
  type: z.string(),
  rule: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

export interface ProtoNode {
  fields?: Record<string, z.infer<typeof field>> | undefined;
  oneofs?: Record<string, { oneof: string[] }> | undefined;
  values?: Record<string, number> | undefined;
  methods?:
    | Record<string, { requestType: string; parsedOptions: Record<string, unknown>[] }>
    | undefined;
  nested?: Record<string, ProtoNode> | undefined;
}

const node: z.ZodType<ProtoNode> = z.lazy(() =>
  z.object({
    fields: z.record(z.string(), field).optional(),
    oneofs: z.record(z.string(), z.object({ oneof: z.array(z.string()) })).optional(),
    values: z.record(z.string(), z.number()).optional(),
    methods: z
      .record(
        z.string(),
        z.object({
          requestType: z.string(),
          parsedOptions: z.array(z.record(z.string(), z.unknown())),
        }),
      )
      .optional(),
    nested: z.record(z.string(), node).optional(),
  }),
);

const binding = z.object({
  get: z.string().optional(),
  post: z.string().optional(),
  put: z.string().optional(),
  patch: z.string().optional(),
  delete: z.string().optional(),
  body: z.string().optional(),
});

const httpOption = z.object({
  '(google.api.http)': binding.extend({
    additional_bindings: z.union([z.array(binding), binding.transform((one) => [one])]).optional(),
  }),
});

const SERVICE = 'google.chat.v1.ChatService';

export function loadProtos(): Protos {
  const path = createRequire(import.meta.url).resolve('@google-apps/chat/build/protos/protos.json');
  const root = node.parse(JSON.parse(readFileSync(path, 'utf8')));
  const types = new Map<string, ProtoNode>();
  index(root, '', types);
  for (const [name, { fields, nested }] of Object.entries(NOT_IN_THE_PROTOS)) {
    const known = types.get(name) ?? {};
    types.set(name, { ...known, fields: { ...known.fields, ...fields } });
    index({ nested }, name, types);
  }

  const parsed = new Map<string, Fields>();
  return {
    bindings: bindingsOf(types.get(SERVICE) ?? {}),
    fields(messageType) {
      const fields = parsed.get(messageType) ?? fieldsOf(messageType, types);
      parsed.set(messageType, fields);
      return fields;
    },
  };
}

function index({ nested = {} }: ProtoNode, scope: string, types: Map<string, ProtoNode>): void {
  for (const [name, child] of Object.entries(nested)) {
    const fullName = scope === '' ? name : `${scope}.${name}`;
    types.set(fullName, child);
    index(child, fullName, types);
  }
}

function bindingsOf({ methods = {} }: ProtoNode): HttpBinding[] {
  return Object.entries(methods).flatMap(([method, { requestType, parsedOptions }]) =>
    parsedOptions
      .flatMap((option) => httpOption.safeParse(option).data?.['(google.api.http)'] ?? [])
      .flatMap((http) => [http, ...(http.additional_bindings ?? [])])
      .flatMap((http) => verbOf(http))
      .map((http) => ({ method, requestType: `google.chat.v1.${requestType}`, ...http })),
  );
}

function verbOf(http: z.infer<typeof binding>): Pick<HttpBinding, 'verb' | 'template' | 'body'>[] {
  const body = http.body === undefined ? {} : { body: http.body };
  if (http.get !== undefined) return [{ verb: 'GET', template: http.get, ...body }];
  if (http.post !== undefined) return [{ verb: 'POST', template: http.post, ...body }];
  if (http.put !== undefined) return [{ verb: 'PUT', template: http.put, ...body }];
  if (http.patch !== undefined) return [{ verb: 'PATCH', template: http.patch, ...body }];
  if (http.delete !== undefined) return [{ verb: 'DELETE', template: http.delete, ...body }];
  return [];
}

function fieldsOf(messageType: string, types: ReadonlyMap<string, ProtoNode>): Fields {
  const { fields, oneofs = {} } = types.get(messageType) ?? {};
  if (fields === undefined) throw new Error(`The protos know no message ${messageType}`);
  const requiredToo = REQUIRED_BY_THE_REFERENCE[messageType] ?? [];
  const oneofOf = (name: string): string | undefined =>
    Object.entries(oneofs).find(([, { oneof }]) => oneof.length > 1 && oneof.includes(name))?.[0];

  return new Map(
    Object.entries(fields).map(([name, { type, rule, options = {} }]) => {
      const behaviour = options['(google.api.field_behavior)'];
      const oneof = oneofOf(name);
      return [
        name,
        {
          type: resolve(type, messageType, types),
          repeated: rule === 'repeated',
          outputOnly: behaviour === 'OUTPUT_ONLY',
          required: behaviour === 'REQUIRED' || requiredToo.includes(name),
          ...(oneof === undefined ? {} : { oneof }),
        },
      ];
    }),
  );
}

/** Names are relative: looked up in the message itself, then in ever wider scopes. */
function resolve(name: string, scope: string, types: ReadonlyMap<string, ProtoNode>): FieldType {
  for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    const fullName = around === '' ? name : `${around}.${name}`;
    const type = types.get(fullName);
    if (type?.values) return { kind: 'enum', name: fullName, values: Object.keys(type.values) };
    if (type?.fields) return { kind: 'message', name: fullName };
    if (around === '') return { kind: 'scalar', name };
  }
}
