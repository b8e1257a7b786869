import { z } from 'zod';

/** What the weather page may do to the subscriber, told by its process to the one that started both. */
export const subscriberOrder = z.object({ subscriber: z.enum(['kill', 'stop', 'start']) });
export type SubscriberOrder = z.infer<typeof subscriberOrder>['subscriber'];

/** How the subscriber is, told the other way round. */
const subscriberStatus = z.object({
  state: z.enum(['starting', 'ready', 'stopping', 'down']),
  pid: z.number().optional(),
  restarts: z.number(),
});
export type SubscriberStatus = z.infer<typeof subscriberStatus>;

const report = z.object({ subscriber: subscriberStatus });

/** The subscriber, from the outside. */
export interface SubscriberControl {
  /** Undefined until it is told. */
  status(): SubscriberStatus | undefined;
  /** Orders are carried out one after the other. */
  order(order: SubscriberOrder): void;
  /** Called after every change. */
  onChange(listener: () => void): void;
}

/** The side of Node's IPC channel that a child process has. */
export interface Channel {
  send?: NodeJS.Process['send'];
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** @returns undefined where nobody is at the other end: the process was started by itself */
export function controlOver(channel: Channel): SubscriberControl | undefined {
  if (channel.send === undefined) return undefined;
  const listeners = new Set<() => void>();
  let status: SubscriberStatus | undefined;
  channel.on('message', (message) => {
    const told = report.safeParse(message);
    if (!told.success) return;
    status = told.data.subscriber;
    for (const listener of listeners) listener();
  });
  return {
    status: () => status,
    order: (order) => void channel.send?.({ subscriber: order }),
    onChange: (listener) => void listeners.add(listener),
  };
}
