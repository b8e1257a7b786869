import { EventEmitter } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/**
 * Loaded before a process of Postern, it notes when an event passes by what every event passes, and changes nothing else. For
 * one event at a time: it doesn't tell two of them apart. Each mark is a line, with a time by the one clock of the system that all processes share, in
 * milliseconds.
 */

const { STOPWATCH_FILE } = z.object({ STOPWATCH_FILE: z.string() }).parse(process.env);
const marks: string[] = [];

const mark = (what: string): void => {
  marks.push(`${what} ${Number(process.hrtime.bigint()) / 1e6}\n`);
};

// Between two events there is time to write.
setInterval(() => {
  if (marks.length > 0) appendFileSync(STOPWATCH_FILE, marks.splice(0).join(''));
}, 500).unref();

const { emit } = EventEmitter.prototype;
EventEmitter.prototype.emit = function (this: EventEmitter, name: string | symbol, ...args) {
  if (name === 'message' && this.constructor.name === 'Subscription') mark('delivered');
  return emit.call(this, name, ...args);
};

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (sql === 'BEGIN IMMEDIATE') mark('begin');
  exec.call(this, sql);
  if (sql === 'COMMIT') mark('commit');
};

const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  mark('request');
  const response = await fetch(...args);
  mark('response');
  return response;
};

const require = createRequire(pathToFileURL(`${process.cwd()}/package.json`));
const pubsub: unknown = require('@google-cloud/pubsub');
const { Message } = z.looseObject({ Message: z.custom<Acked>() }).parse(pubsub);
interface Acked {
  prototype: { ack(this: object): void };
}
const { ack } = Message.prototype;
Message.prototype.ack = function (this: object): void {
  mark('ack');
  ack.call(this);
};
