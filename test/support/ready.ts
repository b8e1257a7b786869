import { setTimeout as wait } from 'node:timers/promises';

/** Whoever leaves the question whether it is ready unanswered for so long is asked again. In milliseconds. */
const ANSWER_MS = 5000;

/** Resolves when the process behind a `/readyz` is ready, or dead. */
export async function ready(url: string, dead: AbortSignal): Promise<void> {
  while (!dead.aborted) {
    const signal = AbortSignal.any([dead, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(url, { signal }).catch(() => undefined);
    await response?.body?.cancel().catch(() => {});
    if (response?.ok) return;
    await wait(25);
  }
}
