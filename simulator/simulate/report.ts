import type { Dialect } from '../events/happening.ts';

/** What the app did about an event. `--json` prints it as it is: a change here is a change for scripts. */
export interface Report {
  /** In which the event was told. */
  dialect: Dialect;
  /** What the app takes the event for; `ignored` or `unreadable` when for nothing that it deals with. */
  kind: string;
  /** Who did it. */
  person?: string;
  /** `spaces/{id}` */
  space?: string;
  /** Everything is acknowledged and written down, and nobody works on anything. */
  settled: boolean;
  /** What came of each delivery, in the app's own words (`postern_events_total`). */
  outcomes: { outcome: string; reason?: string }[];
  /** The requests that the app has written down. */
  ledger: { state: string; outcome: string | null; failures: number }[];
  calls: ReportedCall[];
  /** Those of the app, and those that it posted for people, as they stand then. */
  messages: ReportedMessage[];
  /** What the processes have logged as a warning or an error. */
  log: Record<string, unknown>[];
}

export interface ReportedCall {
  /** `messages.create`, say. */
  method: string;
  /** `app`, `webhook`, `nobody`, or a person's name. */
  as: string;
  resource: string;
  /** HTTP; 0 when no answer was given. */
  status: number;
}

export interface ReportedMessage {
  name: string;
  from: string;
  /** The app, when it was posted in a person's name. */
  via?: string;
  /** The people's names. */
  seenBy: string[];
  isPrivate: boolean;
  text: string;
  /** In plain text. */
  card: string[];
}

/** The report, for people. */
export function readableReport(report: Report): string {
  const { kind, dialect, person, space, settled } = report;
  const from = person === undefined ? '' : ` of ${person}`;
  const where = space === undefined ? '' : `, in ${space}`;
  return [
    `Event      ${kind}${from}${where} (${dialect})`,
    settled ? 'Settled    yes' : 'Settled    no: not all was acknowledged and written down in time',
    ...section('Outcome', report.outcomes.map(outcomeLine), 'The app has dealt with nothing'),
    ...section('Ledger', report.ledger.map(ledgerLine), 'nothing written down'),
    ...section('Calls', report.calls.map(callLine), 'none'),
    ...section('Messages', report.messages.map(messageLines), 'none'),
    ...section('Log', report.log.map(logLine), 'no warnings'),
  ].join('\n');
}

function section(title: string, entries: readonly string[], none: string): string[] {
  const shown = entries.length > 0 ? entries : [none];
  return shown.flatMap((entry, index) => {
    const lines = entry.split('\n');
    return lines.map((line, row) =>
      index === 0 && row === 0 ? `${title.padEnd(10)} ${line}` : `${''.padEnd(10)} ${line}`,
    );
  });
}

function outcomeLine({ outcome, reason }: Report['outcomes'][number]): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}

function ledgerLine({ state, outcome, failures }: Report['ledger'][number]): string {
  const failed = failures === 0 ? '' : `, failed ${failures === 1 ? 'once' : `${failures} times`}`;
  return `${state}${outcome === null ? '' : `: ${outcome}`}${failed}`;
}

function callLine({ method, as, resource, status }: ReportedCall): string {
  return `${String(status).padEnd(3)} ${method} as ${as} (${resource})`;
}

function messageLines({ from, via, seenBy, isPrivate, text, card }: ReportedMessage): string {
  const by = via === undefined ? from : `${from}, via ${via}`;
  const seers = seenBy.join(', ') || 'nobody';
  const content = [...(text === '' ? [] : text.split('\n')), ...card].map((line) => `  ${line}`);
  return [`${by} (${isPrivate ? 'only ' : ''}${seers} can see it)`, ...content].join('\n');
}

function logLine({
  service,
  severity,
  message,
  time: _time,
  ...fields
}: Report['log'][number]): string {
  const details = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [String(severity), String(service), String(message), ...details].join(' ');
}
