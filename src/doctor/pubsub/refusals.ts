import type { Answer } from '../../lib/project/answers.ts';
import { type Finding, failed, needs, unknown } from '../finding.ts';

/** What a refusal to a question comes to. @param how to find out, where this account may not see */
export function refused(
  answer: Exclude<Answer<unknown>, { kind: 'answer' | 'not-found' }>,
  what: string,
  how: string,
): Finding {
  switch (answer.kind) {
    case 'denied':
      return unknown(
        `${what} can’t be seen by this account, which is as it should be for the processes’ own`,
        `Run npm run doctor as somebody who may see it (gcloud auth application-default login), or look: ${how}`,
      );
    case 'unimplemented':
      return unknown(`${what} can’t be told: the emulator doesn’t do that`);
    case 'unauthenticated':
      return needs('credentials that Pub/Sub accepts, see above');
    case 'no-answer':
      return failed(
        `Pub/Sub does not answer to the question for ${what}${answer.code === undefined ? '' : ` (gRPC status ${answer.code})`}`,
        'Check PUBSUB_EMULATOR_HOST if it is set, and the network, above.',
      );
  }
}
