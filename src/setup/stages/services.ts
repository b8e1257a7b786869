import { z } from 'zod';
import type { Blueprint } from '../../lib/project/blueprint.ts';
import type { GoogleApi } from '../../lib/project/google-api.ts';
import type { Stage } from '../step.ts';
import { answerTo } from './api.ts';
import { finished, operation } from './operations.ts';

const ROOT = 'https://serviceusage.googleapis.com/v1';

const service = z.object({ name: z.string(), state: z.string().default('') });
const services = z.object({ services: z.array(service).default([]) });

/** The APIs to be enabled (Service Usage API). */
export function servicesStage(
  plan: Blueprint,
  api: GoogleApi,
  sleep: (ms: number) => Promise<void>,
): Stage {
  const parent = `${ROOT}/projects/${plan.project}`;
  return {
    title: 'APIs',
    opensOthers: true,
    async look() {
      const names = plan.services
        .map((name) => `names=projects/${plan.project}/services/${name}`)
        .join('&');
      const answer = await api.get(`${parent}/services:batchGet?${names}`, services);
      const found = answerTo(answer, 'the enabled APIs').services;
      const enabled = new Set(
        found
          .filter(({ state }) => state === 'ENABLED')
          .map(({ name }) => name.replace(/^.*\//, '')),
      );
      return plan.services.map((name) => {
        const what = `the API ${name}`;
        if (enabled.has(name)) return { kind: 'there', what };
        return { kind: 'create', what, apply: () => enable(name, what) };
      });
    },
  };

  async function enable(name: string, what: string): Promise<void> {
    const answer = await api.send('POST', `${parent}/services/${name}:enable`, {}, operation);
    await finished(answerTo(answer, what), what, { api, root: ROOT, sleep });
  }
}
