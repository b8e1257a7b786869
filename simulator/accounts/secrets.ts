/** Every secret that passed through, so that tests can look for them in logs. */
export interface Secrets {
  /** Notes a secret, and gives it back. */
  note(secret: string): string;
  all(): readonly string[];
}

export function createSecrets(): Secrets {
  const noted = new Set<string>();
  return {
    note(secret) {
      if (secret !== '') noted.add(secret);
      return secret;
    },
    all: () => [...noted],
  };
}
