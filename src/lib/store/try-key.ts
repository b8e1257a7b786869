import { KmsError } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import type { Sealer } from './sealer.ts';

/**
 * Encrypts nothing for nobody, with the first key, when a process starts: so that a key of Cloud KMS which can't be used is
 * told of before people notice. An outage is no reason not to start, since it ends by itself.
 *
 * @throws KmsError `kms_rejected`
 */
export async function tryKey(sealer: Pick<Sealer, 'seal'>, log: Pick<Log, 'warn'>): Promise<void> {
  try {
    await sealer.seal('', { collection: 'consents', owner: 'users/nobody' });
  } catch (error) {
    if (!(error instanceof KmsError) || error.code === 'kms_rejected') throw error;
    log.warn('Cloud KMS can’t be asked yet: requests wait for it', { error });
  }
}
