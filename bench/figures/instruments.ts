import { join } from 'node:path';
import express from 'express';
import { createChatApi } from '../../simulator/chat/chat-api.ts';
import { noSnapshot } from '../../simulator/snapshot.ts';
import { createWorld } from '../../simulator/world/create-world.ts';
import { serveLocally } from '../../test/support/local-server.ts';
import { run } from '../contestants/running.ts';
import type { Lab } from '../lab.ts';
import { perSecond, type Row, times } from './row.ts';

/** Why the benchmark has a Chat of its own: what the simulator’s, which reads each request by Google’s protos, would take. */
export async function measureInstruments(lab: Lab): Promise<Row[]> {
  const world = createWorld({
    snapshot: noSnapshot(),
    clock: Date.now,
    topic: 'projects/bench/topics/postern',
    publish: () => {},
    dialect: () => 'add-on',
  });
  const [person] = world.people;
  const [space] = world.spaces();
  if (person === undefined || space === undefined)
    throw new Error('The simulated world has changed');
  const principal = {
    kind: 'person',
    userName: `users/${person.id}`,
    scopes: ['https://www.googleapis.com/auth/chat.messages.create'],
  } as const;
  const simulated = await serveLocally(
    express().use(createChatApi({ world, authenticate: () => principal, clock: Date.now })),
  );
  const spaceName = space.resource.name;
  const strict = await measureChat(lab, simulated.url, spaceName);
  await simulated.close();
  const fast = await measureChat(lab, lab.chat.url, spaceName);
  return [
    {
      figure: 'Instruments: messages per second of the benchmark’s Chat, and of the simulator’s',
      goal: '—',
      measured: `${perSecond(fast)} (taken), ${perSecond(strict)}: ${times(fast / strict)}`,
      met: undefined,
      data: { fast, strict },
    },
  ];
}

/** Messages a second of this process's time. */
async function measureChat(lab: Lab, url: string, space: string): Promise<number> {
  const messages = lab.sizes.burstEvents;
  for (const count of [messages, messages]) await post(lab, url, space, count);
  const before = process.cpuUsage();
  await post(lab, url, space, messages);
  const { user, system } = process.cpuUsage(before);
  return (messages / (user + system)) * 1_000_000;
}

async function post(lab: Lab, url: string, space: string, messages: number): Promise<void> {
  const poster = run(
    [join(import.meta.dirname, '../contestants/poster.ts')],
    { ...process.env, CHAT_API_URL: url, SPACE: space, MESSAGES: String(messages) },
    join(lab.folder, 'poster.log'),
  );
  await poster.ended();
}
