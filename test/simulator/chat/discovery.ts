import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const shared = process.env['POSTERN_SHARED'] ?? join(import.meta.dirname, '../../../../shared');

/** A field, a parameter, or what a list holds. */
export interface Property {
  type?: string | undefined;
  format?: string | undefined;
  enum?: string[] | undefined;
  $ref?: string | undefined;
  items?: Property | undefined;
  readOnly?: boolean | undefined;
}

const property: z.ZodType<Property> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.string()).optional(),
    $ref: z.string().optional(),
    items: property.optional(),
    readOnly: z.boolean().optional(),
  }),
);

const method = z.object({
  id: z.string(),
  path: z.string(),
  httpMethod: z.string(),
  parameters: z.record(
    z.string(),
    property.and(z.object({ location: z.string(), pattern: z.string().optional() })),
  ),
  scopes: z.array(z.string()),
  request: z.object({ $ref: z.string() }).optional(),
  response: z.object({ $ref: z.string() }).optional(),
});
export type DiscoveredMethod = z.infer<typeof method>;

const resource: z.ZodType<Resource> = z.lazy(() =>
  z.object({
    methods: z.record(z.string(), method).optional(),
    resources: z.record(z.string(), resource).optional(),
  }),
);
interface Resource {
  methods?: Record<string, DiscoveredMethod> | undefined;
  resources?: Record<string, Resource> | undefined;
}

/** What the simulator is held against. It is read where it lies, and is no part of the project. */
export const discovery = z
  .object({
    resources: z.record(z.string(), resource),
    schemas: z.record(
      z.string(),
      z.object({ properties: z.record(z.string(), property).optional() }),
    ),
    parameters: z.record(z.string(), z.unknown()),
  })
  .parse(JSON.parse(readFileSync(join(shared, 'google/chat-v1.discovery.json'), 'utf8')));

function methodsOf({ methods = {}, resources = {} }: Resource): DiscoveredMethod[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

/** All of Chat's methods. */
export const discovered = methodsOf({ resources: discovery.resources });

/** A path that the method's template fits, such as `/v1/spaces/x/messages/x`. */
export function examplePath({ path, parameters }: DiscoveredMethod): string {
  const filled = path.replace(/\{\+?(\w+)\}/g, (_, name: string) =>
    (parameters[name]?.pattern ?? '').replace(/^\^|\$$/g, '').replaceAll('[^/]+', 'x'),
  );
  return `/${filled}`;
}
