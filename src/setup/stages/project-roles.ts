import { z } from 'zod';
import { member } from '../../lib/project/accounts.ts';
import { accountEmail, type Blueprint } from '../../lib/project/blueprint.ts';
import type { GoogleApi } from '../../lib/project/google-api.ts';
import { missingGrants, withGrants } from '../policy.ts';
import type { Stage } from '../step.ts';
import { answerTo } from './api.ts';

/** All of it is sent back as it came: others' conditions and audit settings, too. */
const policy = z.looseObject({
  bindings: z
    .array(z.looseObject({ role: z.string(), members: z.array(z.string()).default([]) }))
    .default([]),
});

const anything = z.looseObject({});

/** What the processes may do in the whole project (Resource Manager API). */
export function projectRolesStage(plan: Blueprint, api: GoogleApi): Stage {
  const { project, serviceAccounts } = plan;
  const url = `https://cloudresourcemanager.googleapis.com/v3/projects/${project}`;
  const wanted = serviceAccounts.flatMap(({ id, onProject }) =>
    onProject.map((role) => ({ role, member: member(accountEmail(project, id)) })),
  );
  const read = async () => {
    // 3 is the version with conditions; asked for less, Google may hide them, and a write would drop them.
    const options = { options: { requestedPolicyVersion: 3 } };
    const answer = await api.send('POST', `${url}:getIamPolicy`, options, policy);
    return answerTo(answer, 'the roles in the project');
  };
  return {
    title: 'Roles in the project',
    async look() {
      const { bindings } = await read();
      const missing = missingGrants(bindings, wanted);
      return wanted.map((grant) => {
        const what = `${grant.role} for ${grant.member}`;
        if (!missing.includes(grant)) return { kind: 'there', what };
        return { kind: 'create', what, apply: () => give(grant, what) };
      });
    },
  };

  /** Read anew: a policy with an etag of before would be refused. */
  async function give(grant: (typeof wanted)[number], what: string): Promise<void> {
    const before = await read();
    const changed = { ...before, version: 3, bindings: withGrants(before.bindings, [grant]) };
    answerTo(await api.send('POST', `${url}:setIamPolicy`, { policy: changed }, anything), what);
  }
}

const numbered = z.object({ name: z.string().regex(/^projects\/\d+$/) });

/** The number that Google's own accounts in a project are named by. @throws SetupError */
export async function projectNumber(project: string, api: GoogleApi): Promise<string> {
  const url = `https://cloudresourcemanager.googleapis.com/v3/projects/${project}`;
  const { name } = answerTo(await api.get(url, numbered), 'the project’s number');
  return name.replace('projects/', '');
}
