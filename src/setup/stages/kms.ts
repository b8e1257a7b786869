import { z } from 'zod';
import { type Clock, seconds } from '../../lib/clock.ts';
import { member } from '../../lib/project/accounts.ts';
import {
  accountEmail,
  type Blueprint,
  type KmsPlan,
  kmsKeyName,
} from '../../lib/project/blueprint.ts';
import type { GoogleApi } from '../../lib/project/google-api.ts';
import { type Grant, missingGrants, withGrants } from '../policy.ts';
import type { Stage, Step } from '../step.ts';
import { answerTo, foundOf } from './api.ts';

const ROOT = 'https://cloudkms.googleapis.com/v1';

const anything = z.looseObject({});
const cryptoKey = z.object({
  purpose: z.string().default(''),
  rotationPeriod: z.string().default('never'),
});
/** All of it is sent back as it came: others' conditions, too. */
const policy = z.looseObject({
  bindings: z
    .array(z.looseObject({ role: z.string(), members: z.array(z.string()).default([]) }))
    .default([]),
});

/** The key of what is stored, where it shall be in Cloud KMS, and who may use it (Cloud KMS API). A ring can't be deleted. */
export function kmsStage(plan: Blueprint, kms: KmsPlan, api: GoogleApi, clock: Clock): Stage {
  const { project, serviceAccounts } = plan;
  const name = kmsKeyName(project, kms);
  const [ring = ''] = name.split('/cryptoKeys/');
  const rotationPeriod = `${kms.rotationSeconds}s`;
  const wanted = serviceAccounts.flatMap(({ id, onKey }) =>
    onKey.map((role) => ({ role, member: member(accountEmail(project, id)) })),
  );
  return {
    title: 'Cloud KMS',
    async look() {
      const what = `the key ring ${kms.keyRing}, in ${kms.location}`;
      const found = foundOf(await api.get(`${ROOT}/${ring}`, anything), what);
      if (found !== undefined) return [{ kind: 'there', what }, ...(await lookInRing())];
      return [{ kind: 'create', what, apply: () => makeRing(what) }, makeKey(), ...giveAll(wanted)];
    },
  };

  async function lookInRing(): Promise<Step[]> {
    const what = `the key ${kms.key}`;
    const found = foundOf(await api.get(`${ROOT}/${name}`, cryptoKey), what);
    if (found === undefined) return [makeKey(), ...giveAll(wanted)];
    if (found.purpose !== 'ENCRYPT_DECRYPT') {
      const remedy =
        'There is a key of this name for something else: make one by hand, and name it in TOKEN_KEYS.';
      return [{ kind: 'blocked', what, remedy }];
    }
    const { bindings } = await readPolicy();
    const missing = missingGrants(bindings, wanted);
    const given = wanted.filter((grant) => !missing.includes(grant));
    return [
      rotation(found.rotationPeriod),
      ...given.map((grant): Step => ({ kind: 'there', what: inWords(grant) })),
      ...giveAll(missing),
    ];
  }

  function rotation(found: string): Step {
    const what = `the key ${kms.key}, rotated every ${rotationPeriod}`;
    if (found === rotationPeriod) return { kind: 'there', what };
    const url = `${ROOT}/${name}?updateMask=rotationPeriod,nextRotationTime`;
    return {
      kind: 'change',
      what,
      apply: async () => void answerTo(await api.send('PATCH', url, schedule(), anything), what),
    };
  }

  function makeKey(): Step {
    const what = `the key ${kms.key}, rotated every ${rotationPeriod}`;
    const url = `${ROOT}/${ring}/cryptoKeys?cryptoKeyId=${kms.key}`;
    const body = { purpose: 'ENCRYPT_DECRYPT', ...schedule() };
    return {
      kind: 'create',
      what,
      apply: async () => void answerTo(await api.send('POST', url, body, anything), what),
    };
  }

  async function makeRing(what: string): Promise<void> {
    const parent = ring.slice(0, ring.lastIndexOf('/'));
    answerTo(
      await api.send('POST', `${ROOT}/${parent}?keyRingId=${kms.keyRing}`, {}, anything),
      what,
    );
  }

  /** Cloud KMS takes a period with its first time only. */
  function schedule() {
    const next = new Date(clock() + seconds(kms.rotationSeconds));
    return { rotationPeriod, nextRotationTime: next.toISOString() };
  }

  function giveAll(grants: readonly Grant[]): Step[] {
    return grants.map((grant) => ({
      kind: 'create',
      what: inWords(grant),
      apply: () => give(grant),
    }));
  }

  async function readPolicy() {
    // 3 is the version with conditions; asked for less, Google may hide them, and a write would drop them.
    const url = `${ROOT}/${name}:getIamPolicy?options.requestedPolicyVersion=3`;
    return answerTo(await api.get(url, policy), 'the roles on the key');
  }

  /** Read anew: a policy with an etag of before would be refused. */
  async function give(grant: Grant): Promise<void> {
    const before = await readPolicy();
    const changed = { ...before, version: 3, bindings: withGrants(before.bindings, [grant]) };
    const url = `${ROOT}/${name}:setIamPolicy`;
    answerTo(await api.send('POST', url, { policy: changed }, anything), inWords(grant));
  }

  function inWords({ role, member }: Grant): string {
    return `${role} on the key for ${member}`;
  }
}
