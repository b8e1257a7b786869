import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createAccess } from '../../../simulator/chat/access.ts';
import { createMethods } from '../../../simulator/chat/methods.ts';
import { type Field, loadProtos } from '../../../simulator/chat/protos.ts';
import { parametersOf, SYSTEM_PARAMETERS } from '../../../simulator/chat/query.ts';
import { readJson } from '../../../simulator/chat/read-json.ts';
import { createRoutes } from '../../../simulator/chat/routes.ts';
import { SCOPES } from '../../../simulator/chat/scopes.ts';
import { newWorld } from '../world/new-world.ts';
import { discovered, discovery, examplePath, type Property } from './discovery.ts';

/** Holds the simulator against Google's discovery document: it must refuse what that wouldn't accept. */

const protos = loadProtos();
const findRoute = createRoutes(protos);

const { world } = newWorld();
const simulated = createMethods({ world, access: createAccess(world) });

suite('Every method in the discovery document', () => {
  // Media have protocols of their own.
  for (const one of discovered.filter(({ id }) => !id.startsWith('chat.media.'))) {
    const match = findRoute(one.httpMethod, examplePath(one));

    test(`${one.id} has its verb and path`, () => {
      assert.notEqual(match, undefined);
    });

    test(`${one.id} has its query parameters`, () => {
      assert.ok(match);
      const expected = Object.keys(one.parameters).filter(
        (name) => one.parameters[name]?.location === 'query',
      );
      const actual = [...parametersOf(protos, match.binding).keys()];
      assert.deepEqual(actual.toSorted(), expected.toSorted());
    });
  }
});

test('The parameters of every method are those of Google', () => {
  assert.deepEqual([...SYSTEM_PARAMETERS].toSorted(), Object.keys(discovery.parameters).toSorted());
});

suite('Every method that the simulator does', () => {
  for (const [name, { id }] of simulated) {
    const bound = discovered.filter((one) => {
      const match = findRoute(one.httpMethod, examplePath(one));
      return match?.binding.method === name;
    });

    test(`${id} is in the discovery document`, () => {
      assert.notEqual(bound.length, 0);
    });

    for (const one of bound) {
      test(`${one.id} takes the scopes that it takes at Google's`, () => {
        const { app, person } = SCOPES[id];
        const accepted = [...app, ...person].map(
          (scope) => `https://www.googleapis.com/auth/${scope}`,
        );
        assert.deepEqual(accepted.toSorted(), one.scopes.toSorted());
      });

      for (const [parameter, { type, format, enum: values, location }] of Object.entries(
        one.parameters,
      )) {
        if (location !== 'query') continue;
        test(`${one.id}: ${parameter} has its type`, () => {
          const binding = findRoute(one.httpMethod, examplePath(one))?.binding;
          assert.ok(binding);
          const known = parametersOf(protos, binding).get(parameter);
          assert.ok(known);
          const field: Field = { ...known, outputOnly: false, required: false };
          assert.deepEqual(describe(field), {
            type,
            ...(format ? { format } : {}),
            ...(values ? { enum: values.toSorted() } : {}),
          });
        });
      }
    }
  }
});

/** How the discovery document would describe a field. */
function describe(field: Field): object {
  if (field.repeated) return { type: 'array', items: describe({ ...field, repeated: false }) };
  const { type } = field;
  if (type.kind === 'enum') return { type: 'string', enum: type.values.toSorted() };
  if (type.kind === 'message' && !(type.name in JSON_TYPES)) return { $ref: type.name };
  return JSON_TYPES[type.name] ?? { type: type.name };
}

const JSON_TYPES: Readonly<Record<string, object>> = {
  bool: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'string', format: 'int64' },
  double: { type: 'number', format: 'double' },
  float: { type: 'number', format: 'float' },
  'google.protobuf.FloatValue': { type: 'number', format: 'float' },
  'google.protobuf.Timestamp': { type: 'string', format: 'google-datetime' },
  'google.protobuf.Duration': { type: 'string', format: 'google-duration' },
  'google.protobuf.FieldMask': { type: 'string', format: 'google-fieldmask' },
};

/** How it does describe it, in the same terms. References are replaced by the message that the protos have there. */
function described({ type, format, enum: values, $ref, items }: Property, field: Field): object {
  if (items !== undefined) return { type, items: described(items, { ...field, repeated: false }) };
  if ($ref !== undefined) return { $ref: field.type.name };
  return {
    type,
    ...(format ? { format } : {}),
    ...(values ? { enum: values.toSorted() } : {}),
  };
}

/** Pairs of a schema and its message, reachable from a request. */
function* reachable(
  schema: string,
  message: string,
  seen = new Set<string>(),
): Generator<[string, string]> {
  if (seen.has(schema)) return;
  seen.add(schema);
  yield [schema, message];
  const fields = protos.fields(message);
  for (const [name, value] of Object.entries(discovery.schemas[schema]?.properties ?? {})) {
    const ref = value.$ref ?? value.items?.$ref;
    const type = fields.get(name)?.type;
    if (ref !== undefined && type?.kind === 'message') yield* reachable(ref, type.name, seen);
  }
}

suite('Every schema that a request can hold', () => {
  const roots: [string, string][] = [
    ['Message', 'google.chat.v1.Message'],
    ['Space', 'google.chat.v1.Space'],
    ['Membership', 'google.chat.v1.Membership'],
    ['SetUpSpaceRequest', 'google.chat.v1.SetUpSpaceRequest'],
  ];
  const seen = new Set<string>();
  for (const [schema, message] of roots.flatMap(([root, type]) => [
    ...reachable(root, type, seen),
  ])) {
    const properties = discovery.schemas[schema]?.properties ?? {};
    const fields = protos.fields(message);

    test(`${schema} has its properties, and no others`, () => {
      assert.deepEqual([...fields.keys()].toSorted(), Object.keys(properties).toSorted());
    });

    test(`${schema}: its properties have their types`, () => {
      for (const [name, value] of Object.entries(properties)) {
        const field = fields.get(name);
        assert.ok(field, name);
        assert.deepEqual(describe(field), described(value, field), `${schema}.${name}`);
        assert.equal(field.outputOnly, value.readOnly ?? false, `${schema}.${name}: output only`);
      }
    });

    test(`${schema}: a property that it doesn't have is refused`, () => {
      const { violations } = readJson(protos, message, { postern: 1 }, 'body');
      assert.match(violations[0]?.description ?? '', /Unknown name "postern" at 'body'/);
    });
  }

  test('cards are among them', () => {
    assert.ok(seen.has('GoogleAppsCardV1Card'));
    assert.ok(seen.size > 50, `${seen.size} schemas`);
  });
});
