import { AdminError } from '../lib/errors.ts';
import type { OperatorTerminal } from './operator-terminal.ts';

/**
 * Has somebody confirm what can't be undone.
 *
 * @param yes they have already
 * @throws AdminError `admin_not_confirmed`
 */
export async function confirm(
  terminal: OperatorTerminal,
  { question, yes }: { question: string; yes: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (yes) return;
  if (terminal.ask === undefined) {
    throw new AdminError(
      'admin_not_confirmed',
      `${question} This can’t be undone, and nobody is at a terminal to confirm it: add --yes. Nothing was done.`,
    );
  }
  const answer = await terminal.ask(`${question} This can’t be undone. [y/N] `, signal);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new AdminError('admin_not_confirmed', 'Not confirmed. Nothing was done.');
}
