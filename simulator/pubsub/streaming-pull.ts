import type { ServerDuplexStream } from '@grpc/grpc-js';
import { seconds } from '../../src/lib/clock.ts';
import type { Broker } from './broker.ts';
import type { Consumer, Delivery, Room } from './consumer.ts';
import type { PublishedMessage } from './message.ts';
import { answerRefusal, invalidArgument, type Refusal } from './refusal.ts';
import type { Subscription } from './subscription.ts';
import { checkAckDeadline, checkAckIds, checkExtension } from './validate.ts';
import { parse, type StreamingPullRequest, streamingPullRequest } from './wire.ts';
import { receivedMessageAnswer } from './wire-answers.ts';

type Call = ServerDuplexStream<unknown, object>;

/** Serves one StreamingPull call: its first request opens the stream, the following ones go to the stream. */
export function serveStreamingPull(broker: Broker, call: Call): void {
  let stream: PullStream | undefined;
  call.on('data', (data: unknown) => {
    if (call.writableEnded) return;
    try {
      const request = parse(streamingPullRequest, data);
      if (stream === undefined) stream = openStream(broker, call, request);
      else stream.receive(request);
    } catch (error) {
      stream?.leave();
      call.emit('error', answerRefusal(error));
    }
  });
  call.on('end', () => {
    stream?.leave();
    call.end();
  });
  call.on('cancelled', () => stream?.leave());
}

function openStream(broker: Broker, call: Call, request: StreamingPullRequest): PullStream {
  const subscription = broker.consumable(request.subscription);
  checkAckDeadline(request.streamAckDeadlineSeconds);
  const stream = new PullStream(subscription, call, request);
  stream.settle(request);
  subscription.attach(stream);
  return stream;
}

/** An open StreamingPull call. Limits of 0 or less are none. */
class PullStream implements Consumer {
  readonly #subscription: Subscription;
  readonly #call: Call;
  readonly #limit: Room;
  #held: Room = { messages: 0, bytes: 0 };
  #ackDeadlineSeconds: number;

  constructor(subscription: Subscription, call: Call, request: StreamingPullRequest) {
    this.#subscription = subscription;
    this.#call = call;
    this.#limit = {
      messages: limitOrNone(request.maxOutstandingMessages),
      bytes: limitOrNone(request.maxOutstandingBytes),
    };
    this.#ackDeadlineSeconds = request.streamAckDeadlineSeconds;
    call.on('drain', () => subscription.dispatch());
  }

  get ackDeadlineMs(): number {
    return seconds(this.#ackDeadlineSeconds);
  }

  room(): Room {
    if (this.#call.writableNeedDrain) return { messages: 0, bytes: 0 };
    return {
      messages: this.#limit.messages - this.#held.messages,
      bytes: this.#limit.bytes - this.#held.bytes,
    };
  }

  deliver(deliveries: readonly Delivery[]): void {
    for (const { message } of deliveries) {
      this.#held.messages += 1;
      this.#held.bytes += message.bytes;
    }
    this.#call.write({ receivedMessages: deliveries.map(receivedMessageAnswer) });
  }

  settled(message: PublishedMessage): void {
    this.#held.messages -= 1;
    this.#held.bytes -= message.bytes;
  }

  dismissed(reason: Refusal): void {
    this.#call.emit('error', answerRefusal(reason));
  }

  /**
   * Takes any request after the first. One without content is a ping, and is answered with a response without content:
   * from 6.0 on, the client gives up a stream that has no answer for it within 15 s (security-reliability.md, C2).
   */
  receive(request: StreamingPullRequest): void {
    checkContinues(request);
    if (request.streamAckDeadlineSeconds !== 0) {
      checkAckDeadline(request.streamAckDeadlineSeconds);
      this.#ackDeadlineSeconds = request.streamAckDeadlineSeconds;
    }
    if (request.ackIds.length + request.modifyDeadlineAckIds.length > 0) this.settle(request);
    else this.#call.write({});
  }

  /** Carries out the acknowledgements and the new deadlines of a request. */
  settle({ ackIds, modifyDeadlineAckIds, modifyDeadlineSeconds }: StreamingPullRequest): void {
    const { name } = this.#subscription.config;
    if (modifyDeadlineAckIds.length !== modifyDeadlineSeconds.length) {
      throw invalidArgument(
        'Each of modify_deadline_ack_ids needs one of modify_deadline_seconds.',
      );
    }
    for (const extension of modifyDeadlineSeconds) checkExtension(extension);
    checkAckIds(name, [...ackIds, ...modifyDeadlineAckIds]);
    this.#subscription.acknowledge(ackIds);
    this.#subscription.modifyAckDeadlines(
      modifyDeadlineAckIds.map((ackId, index) => ({
        ackId,
        seconds: modifyDeadlineSeconds[index] ?? 0,
      })),
    );
  }

  leave(): void {
    this.#subscription.detach(this);
  }
}

function limitOrNone(limit: number): number {
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** Throws INVALID_ARGUMENT for what may only be said in a stream's first request. */
function checkContinues(request: StreamingPullRequest): void {
  const { subscription, maxOutstandingMessages, maxOutstandingBytes, protocolVersion } = request;
  if (subscription || maxOutstandingMessages || maxOutstandingBytes || protocolVersion) {
    throw invalidArgument(
      'Only the first request of a stream may set subscription, max_outstanding_messages, ' +
        'max_outstanding_bytes and protocol_version.',
    );
  }
}
