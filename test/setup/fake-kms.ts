import { z } from 'zod';
import { ok, type Routes, refusal } from './reply.ts';

const schedule = z.strictObject({ rotationPeriod: z.string(), nextRotationTime: z.iso.datetime() });
const newKey = schedule.extend({ purpose: z.string() });
const policy = z.strictObject({
  etag: z.string(),
  version: z.number(),
  bindings: z.array(z.strictObject({ role: z.string(), members: z.array(z.string()) })),
});

type FakeKey = z.infer<typeof newKey> & { policy: z.infer<typeof policy> };

/** Key rings and keys, by their names. */
export interface FakeKms {
  rings: Set<string>;
  keys: Map<string, FakeKey>;
}

/** What set-up asks of Cloud KMS. A key is in a ring that is there, and a policy is changed by its etag only. */
export function ofKms({ rings, keys }: FakeKms): Routes {
  const root = String.raw`https:\/\/cloudkms\.googleapis\.com\/v1\/`;
  const ring = String.raw`(projects\/P\/locations\/[\w-]+\/keyRings\/[\w-]+)`;
  const key = String.raw`(projects\/P\/locations\/[\w-]+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+)`;
  const missing = refusal(404, 'NOT_FOUND');
  return [
    [
      new RegExp(`^GET ${root}${ring}$`),
      ([, name = '']) => (rings.has(name) ? ok({ name }) : missing),
    ],
    [
      new RegExp(
        String.raw`^POST ${root}(projects\/P\/locations\/[\w-]+)\/keyRings\?keyRingId=([\w-]+)$`,
      ),
      ([, parent = '', id = '']) => {
        const name = `${parent}/keyRings/${id}`;
        if (rings.has(name)) return refusal(409, 'ALREADY_EXISTS');
        rings.add(name);
        return ok({ name });
      },
    ],
    [
      new RegExp(`^GET ${root}${key}$`),
      ([, name = '']) => {
        const found = keys.get(name);
        return found === undefined ? missing : ok({ ...found, policy: undefined });
      },
    ],
    [
      new RegExp(String.raw`^POST ${root}${ring}\/cryptoKeys\?cryptoKeyId=([\w-]+)$`),
      ([, parent = '', id = ''], body) => {
        const name = `${parent}/cryptoKeys/${id}`;
        if (!rings.has(parent)) return missing;
        if (keys.has(name)) return refusal(409, 'ALREADY_EXISTS');
        keys.set(name, { ...newKey.parse(body), policy: { etag: 'k0', version: 1, bindings: [] } });
        return ok({ name });
      },
    ],
    [
      new RegExp(String.raw`^PATCH ${root}${key}\?updateMask=rotationPeriod,nextRotationTime$`),
      ([, name = ''], body) => {
        const found = keys.get(name);
        if (found === undefined) return missing;
        return ok(Object.assign(found, schedule.parse(body)));
      },
    ],
    [
      new RegExp(String.raw`^GET ${root}${key}:getIamPolicy\?options\.requestedPolicyVersion=3$`),
      ([, name = '']) => {
        const found = keys.get(name);
        return found === undefined ? missing : ok(structuredClone(found.policy));
      },
    ],
    [
      new RegExp(`^POST ${root}${key}:setIamPolicy$`),
      ([, name = ''], body) => {
        const found = keys.get(name);
        const asked = policy.parse(body['policy']);
        if (found === undefined) return missing;
        if (asked.etag !== found.policy.etag) return refusal(409, 'ABORTED');
        found.policy = { ...asked, etag: `${asked.etag}+` };
        return ok(found.policy);
      },
    ],
  ];
}
