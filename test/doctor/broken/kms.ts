import type { Practice } from '../practice.ts';
import type { BrokenSetUp } from './set-up.ts';

/** The first key is one of Cloud KMS. */
export const inKms = ({ google, environment }: Practice) => ({
  TOKEN_KEYS: `kms:${google.kmsKey},${environment['TOKEN_KEYS']}`,
});

export const KMS: readonly BrokenSetUp[] = [
  {
    what: 'an account that may not decrypt with its key of Cloud KMS',
    break: (practice) => {
      practice.google.kms.keys.allow(practice.google.kmsKey, ['Encrypt']);
      return inKms(practice);
    },
    mend: ({ google }) => google.kms.keys.allow(google.kmsKey, ['Encrypt', 'Decrypt']),
    area: 'Store and keys',
    cause: /HTTP 403/,
    remedy:
      /gcloud kms keys add-iam-policy-binding postern --keyring=postern --location=global --project=\S+ --member=serviceAccount:\S+@\S+ --role=roles\/cloudkms\.cryptoKeyEncrypterDecrypter$/,
    skips: [/^needs Cloud KMS, see above$/],
  },
  {
    what: 'a key of Cloud KMS whose version was destroyed',
    break: (practice) => {
      practice.google.kms.keys.setState(practice.google.kmsKey, 'DESTROYED');
      return inKms(practice);
    },
    mend: ({ google }) => google.kms.keys.setState(google.kmsKey, 'ENABLED'),
    area: 'Store and keys',
    cause: /disabled or destroyed/,
    remedy: /gcloud kms keys versions list --key=postern --keyring=postern /,
    skips: [/^needs Cloud KMS, see above$/],
  },
  {
    what: 'a key of Cloud KMS that isn’t there',
    break: ({ google }) => ({ TOKEN_KEYS: `kms:${google.kmsKey}x` }),
    area: 'Store and keys',
    cause: /HTTP 404/,
    remedy: /gcloud kms keys versions list --key=posternx /,
    skips: [/^needs Cloud KMS, see above$/],
  },
  {
    what: 'a Cloud KMS that is out of order',
    break: (practice) => {
      practice.google.kms.trouble = 'unavailable';
      return inKms(practice);
    },
    mend: ({ google }) => {
      google.kms.trouble = undefined;
    },
    area: 'Store and keys',
    cause: /HTTP 503/,
    remedy: /Run this again/,
    skips: [/^needs Cloud KMS, see above$/],
  },
  {
    what: 'a Cloud KMS that isn’t reached',
    break: (practice) => ({ ...inKms(practice), CLOUD_KMS_URL: 'http://127.0.0.1:1' }),
    area: 'Network',
    cause: /Cloud KMS\) isn’t reached/,
    remedy: /CLOUD_KMS_URL/,
    skips: [/^needs 127\.0\.0\.1:1, see above$/],
  },
];
