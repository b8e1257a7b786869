import { z } from 'zod';
import type { GoogleApi } from '../../lib/project/google-api.ts';
import { SetupError } from '../step.ts';
import { answerTo } from './api.ts';

/** Work that goes on after the answer (google.longrunning.Operation). */
export const operation = z.object({
  name: z.string(),
  done: z.boolean().default(false),
  error: z.object({ code: z.number().catch(0) }).optional(),
});

/** How to wait for an API: its root, and the time between two looks. */
export interface Waiting {
  api: GoogleApi;
  root: string;
  sleep: (ms: number) => Promise<void>;
}

const PAUSE_MS = 2000;
/** Five minutes. */
const LOOKS = 150;

/** Resolves when the work is done. @throws SetupError when it fails, or goes on for too long */
export async function finished(
  started: z.infer<typeof operation>,
  what: string,
  { api, root, sleep }: Waiting,
): Promise<void> {
  let current = started;
  for (let look = 0; !current.done; look += 1) {
    if (look === LOOKS) throw new SetupError(`${what}: it goes on for long. Run this again later.`);
    await sleep(PAUSE_MS);
    current = answerTo(await api.get(`${root}/${current.name}`, operation), what);
  }
  if (current.error !== undefined) {
    throw new SetupError(`${what}: it failed (gRPC status ${current.error.code}). Run this again.`);
  }
}
