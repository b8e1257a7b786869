const WEBHOOK = 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=AIza&token=SECRET%3D';

/** What `WEBHOOKS` may be: names, spaces and tokens; and may not. */
export const WEBHOOKS = {
  good: [
    [`ops=${WEBHOOK}`, [['ops', 'spaces/AAA', 'SECRET=']]],
    [
      ` ops = ${WEBHOOK} ,\n On-call_2=${WEBHOOK},`,
      [
        ['ops', 'spaces/AAA', 'SECRET='],
        ['On-call_2', 'spaces/AAA', 'SECRET='],
      ],
    ],
  ],
  bad: [
    WEBHOOK,
    'ops',
    'ops=',
    `=${WEBHOOK}`,
    `the ops=${WEBHOOK}`,
    `ops=${WEBHOOK},ops=${WEBHOOK}`,
    `ops=${WEBHOOK.replace('chat.', 'chat.evil.')}`,
    `ops=${WEBHOOK.replace('https', 'http')}`,
    `ops=${WEBHOOK.replace('googleapis.com', 'googleapis.com:8443')}`,
    `ops=${WEBHOOK.replace('//', '//me:pass@')}`,
    `ops=${WEBHOOK.replace('/messages', '/members')}`,
    `ops=${WEBHOOK.replace('AAA', 'AAA%2F..%2FBBB')}`,
    `ops=${WEBHOOK.replace('&token', '&other')}`,
    `ops=${WEBHOOK}&token=again`,
    `ops=${WEBHOOK}&threadKey=one`,
    `ops=${WEBHOOK.replace('SECRET%3D', '')}`,
  ],
} as const;
