/** @param {number} ms */
export function duration(ms) {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} at in milliseconds since the epoch */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString('en', { hour12: false });
}

export const LANE_NAMES = {
  chat: 'Chat',
  pubsub: 'Pub/Sub',
  postern: 'Postern',
  accounts: 'Google accounts',
  api: 'Chat API',
};
