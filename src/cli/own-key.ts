import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../lib/authorization/ticket.ts';
import { StoreError } from '../lib/errors.ts';
import { parseTokenKeys, type TokenKey } from '../lib/store/token-keys.ts';

/**
 * The key that encrypts the account of a folder without `TOKEN_KEYS`. It is made when it isn't there, in a file for its owner
 * alone, in the form of `TOKEN_KEYS`.
 *
 * @throws StoreError when the file can't be had, isn't a key, or others may read it
 */
export function ownKey(folder: string, randomBytes: RandomBytes): readonly TokenKey[] {
  const path = join(folder, 'key');
  try {
    makeUnlessThere(folder, path, randomBytes);
    // Windows has no such modes.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      throw corrupt('may be read by others: run chmod 600 on it');
    }
    const parsed = parseTokenKeys(readFileSync(path, 'utf8').trim());
    if ('keys' in parsed) return parsed.keys;
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      'store_unavailable',
      'The key of your account can’t be read or made. Check the folder in POSTERN_CONFIG_HOME (~/.config/postern by default).',
      { cause },
    );
  }
  throw corrupt('holds no key: delete it, and sign in again');
}

function corrupt(what: string): StoreError {
  return new StoreError(
    'store_corrupt',
    `The file “key” in the folder in POSTERN_CONFIG_HOME (~/.config/postern by default) ${what}.`,
  );
}

/** Whole or not at all: another process may do the same at this moment. The first one wins. */
function makeUnlessThere(folder: string, path: string, randomBytes: RandomBytes): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${Buffer.from(randomBytes(8)).toString('hex')}`;
  const key = Buffer.from(randomBytes(32)).toString('base64');
  writeFileSync(draft, `own:${key}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}
