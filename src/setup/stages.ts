import type { Clock } from '../lib/clock.ts';
import type { Environment } from '../lib/config/read.ts';
import type { Blueprint } from '../lib/project/blueprint.ts';
import type { GoogleApi } from '../lib/project/google-api.ts';
import { accountsStage } from './stages/accounts.ts';
import { firestoreStage } from './stages/firestore.ts';
import { kmsStage } from './stages/kms.ts';
import { projectNumber, projectRolesStage } from './stages/project-roles.ts';
import { publishersStage } from './stages/publishers.ts';
import { subscriptionsStage, topicsStage } from './stages/pubsub.ts';
import type { PubSubAdmin } from './stages/pubsub-admin.ts';
import { servicesStage } from './stages/services.ts';
import type { Stage } from './step.ts';

export interface StagesDeps {
  environment: Environment;
  api: GoogleApi;
  admin: PubSubAdmin;
  clock: Clock;
  sleep: (ms: number) => Promise<void>;
  location: string | undefined;
}

/**
 * All that is to be made, in an order in which each finds what it needs. With an emulator's variable set, nothing at Google is
 * touched, not even what has no emulator: whoever tries something out doesn't mean the real project.
 */
export function stagesFor(plan: Blueprint, deps: StagesDeps): Stage[] {
  const { environment, api, admin, clock, sleep, location } = deps;
  const emulators = {
    pubsub: Boolean(environment['PUBSUB_EMULATOR_HOST']),
    firestore: Boolean(environment['FIRESTORE_EMULATOR_HOST']),
  };
  const isReal = !emulators.pubsub && !emulators.firestore;
  const number = once(() => projectNumber(plan.project, api));
  const queues = [
    topicsStage(plan, admin),
    subscriptionsStage(plan, admin),
    publishersStage(plan, admin, {
      projectNumber: isReal ? number : undefined,
      hasAccounts: isReal,
    }),
  ];
  if (isReal) {
    return [
      servicesStage(plan, api, sleep),
      accountsStage(plan, api),
      ...queues,
      projectRolesStage(plan, api),
      firestoreStage(plan, api, { location, sleep }),
      ...(plan.kms === undefined ? [] : [kmsStage(plan, plan.kms, api, clock)]),
    ];
  }
  return [
    leftOut('APIs, service accounts, and roles in the project', 'an emulator has none'),
    ...(emulators.pubsub ? queues : [leftOut('Pub/Sub', 'only Firestore is emulated')]),
    emulators.firestore
      ? leftOut('Firestore', 'the emulator makes databases by itself, and doesn’t do time-to-live')
      : leftOut('Firestore', 'only Pub/Sub is emulated'),
    ...(plan.kms === undefined ? [] : [leftOut('Cloud KMS', 'it has no emulator')]),
  ];
}

function leftOut(title: string, why: string): Stage {
  return {
    title,
    look: () => Promise.resolve([{ kind: 'left-out', what: title, why }]),
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
