import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface Certified {
  cert: string;
  key: string;
}

interface Names {
  organization: string;
  name: string;
}

/**
 * A certificate authority of somebody's own, and what it gives a server on this machine: as the box has it that inspects TLS.
 * Unless told otherwise, the server is called localhost.
 * X.509 by hand (RFC 5280), since Node reads certificates, and makes none.
 */
export function certify(
  organization: string,
  hosts: readonly string[] = ['localhost'],
): { ca: string; server: Certified } {
  const root = keyPair();
  const leaf = keyPair();
  const issuer = { organization, name: `${organization} Root CA` };
  const ca = certificate({ issuer, subject: issuer, publicKey: root, signedBy: root, isCa: true });
  const subject = { organization: 'This machine', name: 'localhost' };
  const cert = certificate({
    issuer,
    subject,
    publicKey: leaf,
    signedBy: root,
    isCa: false,
    hosts,
  });
  const key = leaf.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { ca, server: { cert, key } };
}

const keyPair = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

function certificate(of: {
  issuer: Names;
  subject: Names;
  publicKey: KeyObject;
  signedBy: KeyObject;
  isCa: boolean;
  hosts?: readonly string[];
}): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(of.isCa ? 1 : 2),
    algorithm,
    distinguishedName(of.issuer),
    sequence(time('20200101000000Z'), time('20991231235959Z')),
    distinguishedName(of.subject),
    createPublicKey(of.publicKey).export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(of.isCa ? authority() : alternativeNames(of.hosts ?? []))),
  );
  const signature = sign('sha256', body, of.signedBy);
  const der = sequence(body, algorithm, bits(signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function distinguishedName({ organization, name }: Names): Buffer {
  const part = (type: string, value: string): Buffer =>
    tagged(0x31, sequence(oid(type), tagged(0x0c, Buffer.from(value))));
  return sequence(part('2.5.4.10', organization), part('2.5.4.3', name));
}

/** Basic constraints: it may issue others. */
function authority(): Buffer {
  const yes = tagged(0x01, Buffer.from([0xff]));
  return sequence(oid('2.5.29.19'), yes, tagged(0x04, sequence(yes)));
}

/** Subject alternative names. */
function alternativeNames(hosts: readonly string[]): Buffer {
  const names = sequence(...hosts.map((host) => tagged(0x82, Buffer.from(host))));
  return sequence(oid('2.5.29.17'), tagged(0x04, names));
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));
const time = (text: string): Buffer => tagged(0x18, Buffer.from(text));
const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(inSevenBits)]));
}

function inSevenBits(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}
