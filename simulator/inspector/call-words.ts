import { z } from 'zod';
import type { Of } from './groups.ts';
import type { Names, StepWords, Tone } from './view.ts';

/** A call of the Chat API in words. */
export function callWords(call: Of<'call'>, names: Names): StepWords {
  return {
    from: 'postern',
    to: 'api',
    title: `${deedOf(call)} ${asWhom(call, names)}${forWhom(call, names)}`,
    note: `${statusOf(call.status)} · ${call.tookMs} ms`,
    tone: toneOf(call.status),
  };
}

/** Whether this call put a message where people see it. */
export function isPosted({ verb, url, status }: Of<'call'>): boolean {
  return verb === 'POST' && /\/messages(\?|$)/.test(url) && (status === 200 || status === 409);
}

const privately = z.looseObject({ privateMessageViewer: z.looseObject({ name: z.string() }) });

/** `users/{id}` of the one person who sees what it posts. */
export function viewerOf({ request }: Of<'call'>): string | undefined {
  return privately.safeParse(request).data?.privateMessageViewer.name;
}

function deedOf({ verb, url }: Of<'call'>): string {
  const path = url.split('?', 1)[0] ?? '';
  const found = DEEDS.find((deed) => deed.verb === verb && deed.path.test(path));
  return found?.words ?? `${verb} ${path.replace(/^\/v1\//, '')}`;
}

function forWhom(call: Of<'call'>, names: Names): string {
  const viewer = viewerOf(call);
  return viewer === undefined ? '' : `, which only ${names.person(viewer)} sees`;
}

const DEEDS = [
  { verb: 'POST', path: /\/messages$/, words: 'Posts a message' },
  { verb: 'PATCH', path: /\/messages\/[^/]+$/, words: 'Changes a message' },
  { verb: 'PUT', path: /\/messages\/[^/]+$/, words: 'Changes a message' },
  { verb: 'GET', path: /\/messages\/[^/]+$/, words: 'Reads a message' },
  { verb: 'DELETE', path: /\/messages\/[^/]+$/, words: 'Deletes a message' },
  { verb: 'GET', path: /\/members$/, words: 'Lists who is there' },
  { verb: 'POST', path: /\/members$/, words: 'Adds somebody' },
  { verb: 'GET', path: /^\/v1\/spaces$/, words: 'Lists spaces' },
  { verb: 'GET', path: /^\/v1\/spaces:findDirectMessage$/, words: 'Finds a direct message' },
  { verb: 'GET', path: /^\/v1\/spaces\/[^/]+$/, words: 'Reads about a space' },
  { verb: 'POST', path: /^\/v1\/spaces:setup$/, words: 'Creates a space' },
];

function asWhom({ principal }: Of<'call'>, names: Names): string {
  switch (principal) {
    case 'app':
      return 'as the app';
    case 'webhook':
      return 'by a webhook';
    case undefined:
      return 'without a good token';
    default:
      return `as ${names.person(principal)}`;
  }
}

export function statusOf(status: number): string {
  if (status === 0) return 'the answer was lost';
  return status === 409 ? '409, it stands there already' : String(status);
}

function toneOf(status: number): Tone {
  if (status === 409) return 'quiet';
  return status === 0 || status >= 400 ? 'bad' : 'good';
}
