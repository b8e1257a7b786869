import type { Meter } from '@opentelemetry/api';
import type { Reason } from './outcome.ts';

/** What was answered, in OpenTelemetry's words for HTTP servers ("HTTP metrics"). */
export interface Answered {
  method: string;
  /** The path, if it is one of ours: anybody can ask for any other. */
  route: string | undefined;
  status: number;
  durationMs: number;
}

/** What oauth-web measures. No label says who. docs/telemetry.md says what each metric means. */
export interface WebMetrics {
  countConsent(outcome: Reason): void;
  countRequest(answered: Answered): void;
}

/** Anybody can make up others. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

export function createWebMetrics(meter: Meter): WebMetrics {
  const consents = meter.createCounter('postern.consents', {
    description: 'People who came back from Google’s consent page, by what it came to.',
  });
  const duration = meter.createHistogram('http.server.request.duration', {
    description: 'From a request to its answer.',
    unit: 's',
    advice: {
      explicitBucketBoundaries: [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
      ],
    },
  });
  return {
    countConsent: (outcome) => consents.add(1, { outcome }),
    countRequest({ method, route, status, durationMs }) {
      duration.record(durationMs / 1000, {
        'http.request.method': METHODS.has(method) ? method : '_OTHER',
        'http.response.status_code': status,
        'url.scheme': 'http',
        ...(route === undefined ? {} : { 'http.route': route }),
      });
    },
  };
}
