import type { Environment } from '../lib/config/read.ts';

/** Whether there is a screen that a browser could open on. Where it isn't known, there may be. */
export function hasScreen(platform: string, environment: Environment): boolean {
  if (platform !== 'linux') return true;
  const signs = ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'];
  return signs.some((name) => Boolean(environment[name]));
}
