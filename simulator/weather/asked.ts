import { parseEvent } from '../../src/lib/interactions/parse-event.ts';

/** Something that Chat has told the app, and that deserves an answer. */
export interface Asked {
  space: string;
  /** Absent when it is about the space as a whole: the answer may begin a thread. */
  thread?: string;
  /** Whose it is: `users/{id}`. */
  person: string;
  /** Whether an answered question is all that it was about: who only connects, wants nothing else. */
  isAboutConnecting: boolean;
  /** By Chat's clock, in milliseconds since the epoch. */
  at: number;
}

/** What an event is to whoever counts answers: a request, the app's farewell to a space, or nothing to answer. */
export type Told = { asked: Asked } | { left: string } | undefined;

/** @param now for an event that doesn't tell its time */
export function readTold(data: Buffer, now: number): Told {
  const read = parseEvent({ data, attributes: {}, id: '' });
  if (read.outcome !== 'interaction') return undefined;
  const { interaction } = read;
  const space = interaction.space.name;
  const common = { space, person: interaction.person.name, at: interaction.eventTime ?? now };
  switch (interaction.kind) {
    case 'removed':
      return { left: space };
    case 'added':
      return { asked: { ...common, isAboutConnecting: true } };
    case 'message':
    case 'command': {
      const { message } = interaction;
      const isAboutConnecting =
        interaction.kind === 'command' || message?.argument.trim().toLowerCase() === 'connect';
      return { asked: { ...common, isAboutConnecting, ...inThread(message?.thread) } };
    }
    case 'click':
      return { asked: { ...common, isAboutConnecting: false, ...inThread(interaction.thread) } };
  }
}

function inThread(thread: string | undefined): { thread?: string } {
  return thread === undefined ? {} : { thread };
}
