/** One thing of a project, and what is to become of it. */
export type Step =
  /** As it should be. */
  | { kind: 'there'; what: string }
  /** `apply` makes it so. It throws {@link SetupError}. */
  | { kind: 'create' | 'change'; what: string; apply: () => Promise<void> }
  /** Not done, and why: an emulator has no accounts, for one. */
  | { kind: 'left-out'; what: string; why: string }
  /** Somebody has to decide, or to do something first. */
  | { kind: 'blocked'; what: string; remedy: string };

/** Things that belong together. What a later stage needs, an earlier one makes. */
export interface Stage {
  title: string;
  /** Before it is done, nothing of what comes after can be seen. */
  opensOthers?: true;
  look(): Promise<Step[]>;
}

/** Something could not be made or seen. The message says what to do. */
export class SetupError extends Error {}
