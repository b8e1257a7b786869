/** Where the time comes from: milliseconds since the epoch. Injected, so that tests can turn the hands. */
export type Clock = () => number;

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => seconds(count * 60);
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);
