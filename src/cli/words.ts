import { MAX_OTHERS, MAX_SPACE_NAME } from '../lib/chat/chat.ts';
import {
  type MessageName,
  messageName,
  type SpaceName,
  spaceName,
  type ThreadName,
  threadName,
  type UserName,
  userName,
} from '../lib/names.ts';
import type { Principal } from './invocation.ts';

/** Notes what is wrong. */
type Problem = (text: string) => undefined;

// Each reads one word of a command line. A word that is missing has been noted before.

export function readSpace(word: string | undefined, problem: Problem): SpaceName | undefined {
  if (word === undefined) return undefined;
  const read = spaceName.safeParse(word);
  if (read.success) return read.data;
  return problem(
    `“${word}” is no space: write spaces/AAA, where AAA is what stands behind /room/ in its address.`,
  );
}

export function readMessage(word: string | undefined, problem: Problem): MessageName | undefined {
  if (word === undefined) return undefined;
  const read = messageName.safeParse(word);
  if (read.success) return read.data;
  return problem(`“${word}” is no message: write spaces/AAA/messages/BBB, as send tells it.`);
}

/** @param space that it has to be in, if that one is known */
export function readThread(
  word: string,
  space: SpaceName | undefined,
  problem: Problem,
): ThreadName | undefined {
  const read = threadName.safeParse(word);
  if (!read.success) {
    return problem(`--thread ${word} is no thread: write spaces/AAA/threads/BBB.`);
  }
  if (space !== undefined && !read.data.startsWith(`${space}/`)) {
    return problem(`--thread ${word} is not in ${space}.`);
  }
  return read.data;
}

export function readText(word: string | undefined, problem: Problem): string | undefined {
  if (word === undefined) return undefined;
  return word.trim() === '' ? problem('The text is empty.') : word;
}

const ADDRESS = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/;

export function readPrincipal(word: string, problem: Problem): Principal | undefined {
  if (word === 'app' || word === 'me') return { kind: word };
  if (ADDRESS.test(word)) return { kind: 'delegated', email: word.toLowerCase() };
  return problem(`--as ${word} is nobody: write app, me, or a person’s e-mail address.`);
}

/** Chat takes a person's address in place of the id (the reference of `User.name`). */
export function readPerson(word: string, problem: Problem): UserName | undefined {
  const read = userName.safeParse(ADDRESS.test(word) ? `users/${word.toLowerCase()}` : word);
  if (read.success) return read.data;
  return problem(`“${word}” is no person: write users/123, or an e-mail address.`);
}

export function readDisplayName(
  word: string | undefined,
  others: number,
  problem: Problem,
): string | undefined {
  if (others > MAX_OTHERS) problem(`A new space takes ${MAX_OTHERS} people beside you at most.`);
  if (word === undefined) return undefined;
  if (word.trim() === '') return problem('The name of the space is empty.');
  if (word.length <= MAX_SPACE_NAME) return word.trim();
  return problem(`The name of a space has ${MAX_SPACE_NAME} characters at most.`);
}
