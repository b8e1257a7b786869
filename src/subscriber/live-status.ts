import type { ChatAsApp, Posted } from '../lib/chat/chat.ts';
import type { Answer, Request, SlowWork } from './commands/command.ts';
import { isRefusal, type PrivateReplies } from './private-replies.ts';
import { createStatusWriter, type StatusWriterDeps } from './status-writer.ts';

/** What the person reads while an attempt at their request is under way. It stands where the answer will stand. */
export interface LiveStatus {
  /** True when this attempt has shown them something. */
  isShown(): boolean;
  /**
   * Shows how far the work is, from `first` on, and in the end its outcome. Work that is done within a second shows its outcome
   * only. When the work throws, the status is left as it is: the caller knows whether the work will go on.
   *
   * @throws whatever the work throws; ChatError when the outcome could not be shown
   */
  follow(first: string, work: SlowWork): Promise<void>;
  /**
   * Says the last word: in the place of the status, be it an earlier attempt's; anew where that was deleted.
   *
   * @param otherwise which of the request's messages this is where the attempt has followed no work. By default the answer
   * @throws ChatError
   */
  end(answer: Answer, otherwise?: string): Promise<void>;
}

export interface LiveStatusDeps extends Pick<StatusWriterDeps, 'clock' | 'sleep' | 'onFailure'> {
  chat: Pick<ChatAsApp, 'patchMessage'>;
  replies: PrivateReplies;
}

/** The status of one attempt. */
export function createLiveStatus(
  deps: LiveStatusDeps,
  request: Request,
  signal: AbortSignal,
): LiveStatus {
  const { chat, replies } = deps;
  let shown: Posted | undefined;
  let hasFollowed = false;

  /** Posts it, or puts it in the place of what stands there. */
  const show = async (content: Answer, step: string): Promise<void> => {
    const stands = shown !== undefined;
    shown ??= await replies.send(request, content, step, signal);
    if (stands || shown.already) await chat.patchMessage(shown.name, content, signal);
  };

  const end = async (answer: Answer, otherwise = 'answer'): Promise<void> => {
    const step = hasFollowed ? 'answer' : otherwise;
    try {
      await show(answer, step);
    } catch (error) {
      if (shown === undefined || !isRefusal(error)) throw error;
      // The person has deleted it. What became of their request is worth a message of its own.
      await replies.send(request, answer, `${step}-anew`, signal);
    }
  };

  return {
    isShown: () => shown !== undefined,
    end,
    async follow(first, work) {
      hasFollowed = true;
      const writer = createStatusWriter({
        ...deps,
        write: (text) => show({ text }, 'answer'),
        signal,
      });
      writer.tell(first);
      let outcome: Answer;
      try {
        outcome = await work(writer.tell);
      } finally {
        await writer.stop();
      }
      await end(outcome);
    },
  };
}
