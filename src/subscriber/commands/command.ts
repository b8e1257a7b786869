import type { Disconnected } from '../../lib/authorization/disconnect.ts';
import type {
  Button,
  Card,
  ChatAsApp,
  ChatAsPerson,
  Member,
  Posted,
  Step,
} from '../../lib/chat/chat.ts';
import type { Mention, Person, Space } from '../../lib/interactions/interaction.ts';
import type { MessageName, RequestId, ThreadName } from '../../lib/names.ts';
import type { Grant } from '../../lib/store/store.ts';
import type { Words } from '../../lib/words/en.ts';
import type { Language } from '../../lib/words/language.ts';
import type { Refusal } from '../refusal.ts';

/** What somebody asked for. */
export interface Request {
  id: RequestId;
  person: Person;
  space: Space;
  /** Where the answer belongs, if the request came in a thread. */
  thread: ThreadName | undefined;
  /** The plain words after the command's name, without mentions, trimmed; empty for a command that takes none. */
  argument: string;
  /** The people whom the message mentions, each once, in order. Their display names are their own choice. */
  mentions: readonly Mention[];
  /** The same words, with mentions as they are read. */
  plain: string;
  /** The same words with the person's own mentions and formatting: safe to post as that person. */
  markup: string;
  /** What the person reads. */
  language: Language;
  /** The person's time zone, as far as Chat told: an IANA id. */
  timeZone: string | undefined;
}

/** How the app may act as the person: by what they have granted, or by what an administrator has, for everybody. */
export type Connection =
  | {
      by: 'consent';
      grant: Grant | undefined;
      /** Ends the person's connection. */
      disconnect(): Promise<Disconnected>;
    }
  | { by: 'delegation' };

/** The same, where it is known that the app may. */
export type Connected = { by: 'consent'; grant: Grant } | { by: 'delegation' };

export type Answer = { text: string } | { card: Card };

/** Work that takes a while. It tells how far it is; its outcome is the answer. */
export type SlowWork = (tell: (text: string) => void) => Promise<Answer>;

/** What every command can use. All of it may be called again for the same request, and then changes nothing. */
export interface CommandContext {
  request: Request;
  /** Answers the person, so that nobody else sees it. One answer per command. */
  reply(content: Answer): Promise<void>;
  /** The same in the place of the card that asks for the consent. Where an earlier attempt has shown that, it stays. */
  replyForCard(content: Answer): Promise<Posted>;
  /**
   * Instead of `reply`: shows the person, and nobody else, how far the work is, from `first` on; then its outcome, in the same
   * place. What is done within a second shows only that. A refusal ends the status too.
   */
  withStatus(first: string, work: SlowWork): Promise<void>;
  /** When they asked: by Chat's clock, or by ours where Chat doesn't tell. In milliseconds since the epoch. */
  askedAt: number;
  /** Chat as the app, for what is more than an answer. */
  app: ChatAsApp;
  /** Names one of the request's messages, so that posting it twice posts it once. */
  step(name: string): Step;
  /**
   * A button for a card of this command. Whoever presses it, be it years later, runs the command's `press` with these
   * parameters; they come back as they were sent.
   */
  button(button: { text: string; parameters?: Record<string, string>; disabled?: boolean }): Button;
  /** Who is in the request's space, as far as an app is told. */
  members(): Promise<readonly Member[]>;
  connection: Connection;
  /** By our clock. */
  now(): number;
  agenda: Agenda;
  timeZones: TimeZones;
  /** They were asked for consent on the way; the card that asked tells them that they are connected now. */
  consented: boolean;
  /** What the command had wanted, when this is its hour. */
  planned: Planned | undefined;
  /** Ends when the time for this attempt is up. */
  signal: AbortSignal;
}

/** What every command can use, whoever it acts as. */
export type AnyContext = Omit<CommandContext, 'connection'>;

/** To be posted at a later hour, in milliseconds since the epoch. */
export interface Planned {
  at: number;
  text: string;
}

export interface Upcoming extends Planned {
  id: RequestId;
  space: Space;
  /** The people whom the text mentions. */
  mentions: readonly Mention[];
}

/** What the person has scheduled, by whichever command. There is a limit to it. */
export interface Agenda {
  isFull(): Promise<boolean>;
  /** The earliest first. What can't be read any more is left out. */
  list(): Promise<readonly Upcoming[]>;
  /**
   * So that it is never posted. Nobody else's can be cancelled. False when it is too late.
   *
   * @throws StoreError when it is about to be scheduled only
   */
  cancel(id: RequestId): Promise<boolean>;
}

/** The person's own time zone, where Chat doesn't tell it. IANA ids. */
export interface TimeZones {
  kept(): Promise<string | undefined>;
  keep(timeZone: string): Promise<void>;
}

/** What a command that acts as the person can use as well. */
export interface PersonContext extends AnyContext {
  connection: Connected;
  chat: ChatAsPerson;
}

/** A button that was pressed, on a card that the command has posted. */
export interface Press {
  parameters: Readonly<Record<string, string>>;
  card: MessageName;
}

/** What a command can use when one of its buttons was pressed. The request's person is who pressed it. */
export interface PressContext extends CommandContext {
  press: Press;
}

interface Described {
  /** What people write to run it. */
  name: string;
  /** What it does, for `help`: one sentence. */
  summary(words: Words): string;
  /** What somebody would write, for `help` and for whoever wrote something else. Needless where the name is all of it. */
  example?(words: Words): string;
  /** Where people aren't connected this way there is no need for it: `help` leaves it out. It answers all the same. */
  only?: Connection['by'];
  /** Its name may be followed by words or mentions. Otherwise only the name alone runs it. */
  takes?: 'argument';
  /** What is wrong with a request, or missing; told before anything is done, or any consent asked for. */
  objection?(request: Request): string | undefined;
  /** What people are told when Chat refuses, where the usual words would not help them. */
  refusals?(words: Words): Partial<Record<Refusal, string>>;
  /** What happens when somebody presses a button of its cards. The app does it, as itself. */
  press?(context: PressContext): Promise<void>;
}

/** A command that the app carries out as itself. */
export interface AppCommand extends Described {
  as: 'app';
  run(context: CommandContext): Promise<void>;
}

/** A command that is carried out as the person who asked, with these scopes. They are asked for when first needed. */
export interface PersonCommand extends Described {
  as: 'user';
  scopes: readonly [string, ...string[]];
  /** What it does before the person's consent is asked for. `enough`: there is nothing to do as the person. */
  prepare?(context: CommandContext): Promise<'enough' | 'go on'>;
  /**
   * Says when it will be done, and tells the person, rather than do it now: `run` is called at that hour. Undefined: there is
   * nothing to do then.
   */
  plan?(context: PersonContext): Promise<Planned | undefined>;
  run(context: PersonContext): Promise<void>;
}

/**
 * One thing that people can ask for. Its name after the mention runs it; so does a slash or quick command that the
 * configuration maps to it.
 */
export type Command = AppCommand | PersonCommand;
