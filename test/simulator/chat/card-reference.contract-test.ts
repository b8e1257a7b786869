import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { REQUIRED_BY_THE_REFERENCE } from '../../../simulator/chat/protos-addenda.ts';

const shared = process.env['POSTERN_SHARED'] ?? join(import.meta.dirname, '../../../../shared');

const property = z.object({ description: z.string().default('') });
const { schemas } = z
  .object({
    schemas: z.record(z.string(), z.object({ properties: z.record(z.string(), property) })),
  })
  .parse(JSON.parse(readFileSync(join(shared, 'google/chat-v1.discovery.json'), 'utf8')));

test('What a card must have is what its reference says it must', () => {
  const said = Object.entries(schemas)
    .filter(([schema]) => schema.startsWith('GoogleAppsCardV1'))
    .flatMap(([schema, { properties }]) =>
      Object.entries(properties)
        .filter(([, { description }]) => /^Required\.|Must contain at least/.test(description))
        .map(([name]) => `${schema}.${name}`),
    );
  const required = Object.entries(REQUIRED_BY_THE_REFERENCE).flatMap(([message, names]) =>
    names.map((name) => `GoogleAppsCardV1${message.split('.').at(-1)}.${name}`),
  );
  assert.deepEqual(required.toSorted(), said.toSorted());
});
