/** @import { Condition } from '../skies.ts' */

/**
 * What each switch is, in plain words, and what one should see while it is on.
 *
 * @type {readonly { condition: Condition, title: string, meaning: string, expect: string }[]}
 */
export const CONDITIONS = [
  {
    condition: 'rate-limit-with-wait',
    title: 'Too many requests, with a wait',
    meaning: 'Chat answers 429 and asks, by Retry-After, to come again in 5 seconds.',
    expect: 'The answer comes late: no call is repeated before the wait is over.',
  },
  {
    condition: 'rate-limit',
    title: 'Too many requests',
    meaning: 'Chat answers 429 and doesn’t say when to come again.',
    expect: 'The app waits a little longer each time, and answers when Chat lets it.',
  },
  {
    condition: 'unavailable',
    title: 'Chat is down',
    meaning: 'Chat answers 503 and does nothing.',
    expect:
      'A few calls: the answer comes late. While it lasts: after five requests in a row the app pauses, tries one now and ' +
      'then, and carries everything out when it is over.',
  },
  {
    condition: 'internal-error',
    title: 'Chat stumbles',
    meaning: 'Chat answers 500 and does nothing.',
    expect: 'The same as when it is down: the app tries again, and nothing is lost.',
  },
  {
    condition: 'lost-answer',
    title: 'The answer gets lost',
    meaning: 'Chat does what it was asked, but the connection breaks before its answer arrives.',
    expect: 'The app asks again by the same id, and Chat knows it: one message, never two.',
  },
  {
    condition: 'slow',
    title: 'Chat is slow',
    meaning: 'Every call takes 3 seconds.',
    expect: 'Answers are late. What takes longer tells its person how far it is.',
  },
  {
    condition: 'token-unavailable',
    title: 'The token endpoint is down',
    meaning: 'Google answers 503 to whoever wants an access token.',
    expect:
      'Who has an access token from before is served for up to an hour. The others’ posts wait until it is over.',
  },
];
