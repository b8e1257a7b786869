import type { chat_v1 } from '@googleapis/chat';

/** Somebody with a Google account. `id` is the `sub` of their ID tokens and the id in `users/{id}`. */
export interface SimulatedPerson {
  id: string;
  displayName: string;
  email: string;
  /** The Workspace domain. */
  domain: string;
  /** A BCP 47 tag. Absent: Chat doesn't tell it, as it may. */
  locale?: string;
  /** Of the IANA database. Absent: Chat doesn't tell it, as it may. */
  timeZone?: string;
}

/** A Chat app: Postern, and another one to talk as. */
export interface SimulatedApp {
  id: string;
  displayName: string;
}

/** A command of the app, as entered on the Chat API page. `name` comes without the slash. */
export interface ConfiguredCommand {
  id: number;
  name: string;
  /** What Chat shows beside it. */
  description?: string;
}

/** A message as Chat holds it, with what its API doesn't tell. */
export interface SimulatedMessage {
  resource: chat_v1.Schema$Message;
  /** The app that posted it, for itself or for a person: "posted by Ana · via Postern". */
  via?: string;
  /** The one person who sees it: a private message of an app, or a person's slash command. Absent: everybody in the space. */
  seenBy?: string;
}

/** What is left of a message that everybody could see. */
export interface DeletedMessage {
  name: string;
  /** `users/{id}` of who wrote it. */
  sender: string;
  thread: string;
  /** Of the message, RFC 3339. */
  createTime: string;
}

export interface SimulatedSpace {
  resource: chat_v1.Schema$Space;
  /** `users/{id}` of its people and apps. */
  members: string[];
  deleted: readonly DeletedMessage[];
}

/** What somebody enters to create a space. */
export interface SpacePlan {
  displayName: string;
  /** `users/{id}` of the others. */
  people: readonly string[];
  withApp: boolean;
}

/** What came of pressing a button. */
export interface Pressed {
  /** What Chat tells the person, when it could not tell the app. */
  notice?: string;
}

/**
 * The people, spaces and messages of the Google on the laptop: what the Chat API changes, what the page shows, and what
 * people do there. What people do to Postern is published as Chat would publish it.
 */
export interface World {
  /** Always as they are now. */
  readonly people: readonly SimulatedPerson[];
  /** The app under test. */
  readonly app: SimulatedApp;
  readonly otherApp: SimulatedApp;
  /** Those of the app under test. */
  readonly commands: {
    readonly slash: readonly ConfiguredCommand[];
    readonly quick: readonly ConfiguredCommand[];
  };

  spaces(): SimulatedSpace[];
  space(name: string): SimulatedSpace | undefined;
  /** Oldest first, private ones included. */
  messages(space: string): SimulatedMessage[];
  /** The same, as one person sees them. */
  messagesSeenBy(userName: string, space: string): SimulatedMessage[];

  /**
   * A person (or the other app) writes. `@Name` of a member or an app becomes a mention; the mention of Postern where it is
   * no member adds it. `/help` and the like become slash commands when configured.
   */
  write(author: string, space: string, text: string, thread?: string): Promise<SimulatedMessage>;
  /**
   * A person presses a button that they see, by what it says; where several say the same, also by which one it is, from 0.
   * Links open, and nobody is told.
   */
  press(userName: string, message: string, label: string, nth?: number): Promise<Pressed>;
  /** A person runs one of Postern's quick commands, by its number on the Chat API page. */
  runQuickCommand(userName: string, space: string, commandId: number): Promise<void>;
  /** The direct message of a person with Postern. The first time, Postern is told that it was added. */
  openDirectMessage(userName: string): Promise<SimulatedSpace>;
  addApp(userName: string, space: string): Promise<void>;
  removeApp(userName: string, space: string): Promise<void>;
  /** A person creates a named space, and is in it. Postern is told only when it is to be there. */
  createSpace(creator: string, plan: SpacePlan): Promise<SimulatedSpace>;
  /** A person adds another one to a space. Chat tells an app nothing of other people. */
  addPerson(by: string, space: string, person: string): Promise<void>;
  /** A person removes somebody from a space, or leaves it: then they see nothing of it any more. */
  removePerson(by: string, space: string, person: string): void;
  /** Somebody sets up an incoming webhook. Its URL is secret: this is what follows the address of the Chat API in it. */
  addWebhook(space: string, displayName: string): string;

  /** Adds a person to the Workspace, or changes the one with this id. A restart forgets it. */
  setPerson(person: SimulatedPerson): void;

  /** Called after every change, until the returned function is called. */
  onChange(listener: () => void): () => void;
}
