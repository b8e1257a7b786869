/** How an event comes to Pub/Sub. `publish` may be called once, often, and late. */
export type Way = (publish: () => void) => void;

/** Brings events to Pub/Sub, in the way that a fault wants. */
export interface Courier {
  publish(data: Buffer): Promise<void>;
  /** How events go from now on. At once, by default. */
  bringBy(way: Way): void;
  /** The ids of the messages on the topic. */
  readonly published: readonly string[];
  /** How many are on the way. */
  underway(): number;
  /** What has gone wrong on the way, which is the laboratory's own trouble, and no fault. */
  trouble(): string | undefined;
}

/** @param publish gives the message’s id, when it is on the topic */
export function createCourier(publish: (data: Buffer) => Promise<string>): Courier {
  const published: string[] = [];
  let underway = 0;
  let way: Way = (bring) => bring();
  let trouble: string | undefined;

  const bring = async (data: Buffer): Promise<void> => {
    underway += 1;
    try {
      published.push(await publish(data));
    } catch (error) {
      trouble = `an event that could not be published: ${String(error)}`;
    }
    underway -= 1;
  };
  return {
    publish(data) {
      way(() => void bring(data));
      return Promise.resolve();
    },
    bringBy(another) {
      way = another;
    },
    published,
    underway: () => underway,
    trouble: () => trouble,
  };
}
