/** One line of the table. */
export interface Row {
  figure: string;
  goal: string;
  measured: string;
  /** Undefined where there is no goal. */
  met: boolean | undefined;
  /** Why it isn't met, or what else to know. */
  note?: string;
  /** Of the machine, when it had been measured (`loadavg`, a minute). */
  load?: number;
  /** Everything that was measured, for results.json. */
  data: unknown;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const perSecond = (value: number): string => `${value.toFixed(0)}/s`;
export const times = (value: number): string => `${value.toFixed(2)}×`;
export const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;
export const mb = (value: number | undefined): string =>
  value === undefined ? 'unknown' : `${value.toFixed(0)} MB`;
