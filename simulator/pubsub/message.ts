/** What a publisher hands in. */
export interface NewMessage {
  readonly data: Buffer;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message on a topic. */
export interface PublishedMessage extends NewMessage {
  /** Unique in the server's life, and not used again by its next one. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly publishTime: number;
  /** Of data and attributes: what flow control and limits count. */
  readonly bytes: number;
}

/** The size that Pub/Sub's limits speak of: data, and keys and values of the attributes. */
export function sizeOf(message: NewMessage): number {
  let bytes = message.data.length;
  for (const [key, value] of Object.entries(message.attributes)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  return bytes;
}
