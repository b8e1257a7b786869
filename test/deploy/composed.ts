import { z } from 'zod';
import type { Deployed } from './deployed.ts';
import { documentsOf } from './documents.ts';

const service = z.object({
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  /** Null where it is reset. */
  volumes: z.array(z.string()).nullable().optional(),
  ports: z.array(z.string()).default([]),
});
const file = z.object({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.unknown()).default({}),
});

/**
 * The services of one or several Compose files, one on top of the other, as the specification has them merged (13-merge.md):
 * maps by their keys, lists one after the other without repetition, `!reset` to nothing.
 *
 * @param settings what the env_file holds
 * @throws when a service takes a secret that isn't there
 */
export function composed(
  where: string,
  paths: readonly string[],
  settings: Readonly<Record<string, string>>,
): Deployed[] {
  const files = paths.map((path) => file.parse(documentsOf(`compose/${path}`)[0]));
  const secrets = new Set(files.flatMap((one) => Object.keys(one.secrets)));
  const names = new Set(files.flatMap(({ services }) => Object.keys(services)));
  return [...names].map((name) => {
    const layers = files.flatMap(({ services }) => services[name] ?? []);
    const taken = [...new Set(layers.flatMap((layer) => layer.secrets))];
    const missing = taken.filter((secret) => !secrets.has(secret));
    if (missing.length > 0) throw new Error(`${where}: ${name} takes ${missing.join()}`);
    const reset = layers.findLastIndex((layer) => layer.volumes === null);
    const volumes = layers.slice(reset + 1).flatMap((layer) => layer.volumes ?? []);
    return {
      where,
      command: layers.findLast(({ command }) => command !== undefined)?.command?.join(' ') ?? '',
      image: layers.findLast(({ image }) => image !== undefined)?.image ?? '',
      environment: merged([settings, ...layers.map((layer) => layer.environment)]),
      files: [
        ...taken.map((secret) => `/run/secrets/${secret}`),
        ...volumes.map((volume) => `${volume.split(':')[1]}/`),
      ],
      ports: layers.flatMap((layer) => layer.ports.map((given) => Number(given.split(':').at(-1)))),
    };
  });
}

/** All entries; of those with the same key, the last. */
export function merged(
  layers: readonly Readonly<Record<string, string>>[],
): Record<string, string> {
  return Object.fromEntries(layers.flatMap((layer) => Object.entries(layer)));
}
