import type { RandomBytes } from '../../src/lib/authorization/ticket.ts';
import { type Clock, seconds } from '../../src/lib/clock.ts';
import { type AccessToken, type AccountsState, hashToken, type RefreshToken } from './state.ts';

/** What Google says of its access tokens' life, in seconds. */
export const ACCESS_TOKEN_SECONDS = 3599;

/** More than that for one account and client, and the oldest dies without a word (OAuth 2.0 overview, "Expiration"). */
const MAX_REFRESH_TOKENS = 100;

/** Whose token it is, for what, and the code that it began with. */
export type TokenContent = Pick<RefreshToken, 'userId' | 'lineage' | 'clientId'> & {
  scopes: readonly string[];
};

export interface Tokens {
  issueAccess(content: TokenContent): string;
  issueRefresh(content: TokenContent): string;
  /** @returns undefined when it is none of ours, expired or revoked. So do the others. */
  findAccess(token: string): AccessToken | undefined;
  findRefresh(token: string): RefreshToken | undefined;
  /** Ends all that came of one code. */
  endLineage(lineage: string): void;
  /** Ends all that a person has granted. */
  endPerson(userId: string): void;
}

export function createTokens(state: AccountsState, clock: Clock, randomBytes: RandomBytes): Tokens {
  const random = (): string => Buffer.from(randomBytes(48)).toString('base64url');
  const isAlive = ({ expiresAt }: AccessToken): boolean => clock() < expiresAt;

  const keepTokens = (keep: (token: RefreshToken) => boolean): void => {
    state.refreshTokens = state.refreshTokens.filter(keep);
    state.accessTokens = state.accessTokens.filter((token) => isAlive(token) && keep(token));
    state.save();
  };

  return {
    issueAccess({ userId, scopes, lineage, clientId }) {
      const token = `ya29.a0${random()}`;
      const expiresAt = clock() + seconds(ACCESS_TOKEN_SECONDS);
      const kept = {
        hash: hashToken(token),
        userId,
        clientId,
        scopes: [...scopes],
        lineage,
        expiresAt,
      };
      state.accessTokens = [...state.accessTokens.filter(isAlive), kept];
      state.save();
      return token;
    },

    issueRefresh({ userId, scopes, lineage, clientId }) {
      const token = `1//0${random()}`;
      const kept = { hash: hashToken(token), userId, clientId, scopes: [...scopes], lineage };
      const isOwn = (other: RefreshToken): boolean =>
        other.userId === userId && other.clientId === clientId;
      const others = state.refreshTokens.filter((other) => !isOwn(other));
      const own = state.refreshTokens.filter(isOwn);
      state.refreshTokens = [...others, ...[...own, kept].slice(-MAX_REFRESH_TOKENS)];
      state.save();
      return token;
    },

    findAccess(token) {
      const hash = hashToken(token);
      return state.accessTokens.find((kept) => kept.hash === hash && isAlive(kept));
    },

    findRefresh(token) {
      const hash = hashToken(token);
      return state.refreshTokens.find((kept) => kept.hash === hash);
    },

    endLineage: (lineage) => keepTokens((token) => token.lineage !== lineage),

    endPerson(userId) {
      state.grants.delete(userId);
      keepTokens((token) => token.userId !== userId);
    },
  };
}
