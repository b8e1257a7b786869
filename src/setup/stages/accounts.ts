import { z } from 'zod';
import { accountEmail, type Blueprint } from '../../lib/project/blueprint.ts';
import type { GoogleApi } from '../../lib/project/google-api.ts';
import type { Stage } from '../step.ts';
import { answerTo, foundOf } from './api.ts';

const anything = z.looseObject({});

/** Each process's own account (IAM API). */
export function accountsStage({ project, serviceAccounts }: Blueprint, api: GoogleApi): Stage {
  const url = `https://iam.googleapis.com/v1/projects/${project}/serviceAccounts`;
  return {
    title: 'Service accounts',
    look: () =>
      Promise.all(
        serviceAccounts.map(async ({ id, displayName }) => {
          const email = accountEmail(project, id);
          const what = `the service account ${email}`;
          const found = foundOf(await api.get(`${url}/${email}`, anything), what);
          if (found !== undefined) return { kind: 'there', what } as const;
          return {
            kind: 'create',
            what,
            async apply() {
              const body = { accountId: id, serviceAccount: { displayName } };
              answerTo(await api.send('POST', url, body, anything), what);
            },
          } as const;
        }),
      ),
  };
}
