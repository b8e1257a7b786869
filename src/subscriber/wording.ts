/** What Postern answers, beside the cards about a person's account. Whole sentences, so that they can be translated. */
export const wording = {
  welcome:
    'Hello! Mention me and write something, and I post it as you, in the same thread. ' +
    'Mention me with “help” to see what else I can do.',
  welcomeInDm:
    'Hello! Mention me in a space and write something, and I post it as you, in the same thread. ' +
    'Write “help” to see what else I can do.',
  alreadyConnected: (email: string | undefined) =>
    email === undefined
      ? 'Your account is connected already.'
      : `Your account ${email} is connected already.`,
  notConnected: 'Your account isn’t connected. Write “connect” to me to change that.',
  disconnected:
    'Your account is disconnected. Google has ended what you had granted, and I have forgotten it.',
  disconnectedHereOnly:
    'I have forgotten your account, but I couldn’t tell Google. ' +
    'To end what you had granted there too, remove me at https://myaccount.google.com/connections.',
  delegated: {
    connect:
      'There is nothing to connect: an administrator of your organization has allowed me to act as you when you ask me to.',
    status:
      'I act as you when you ask me to, because an administrator of your organization has allowed it for everybody. ' +
      'I keep nothing of your account.',
    disconnect:
      'There is nothing to disconnect: I keep nothing of your account. That I may act as you, an administrator of your ' +
      'organization has allowed for everybody, and only an administrator can end it.',
  },
  waiting:
    'I’ll do this too, as soon as you have connected your account: use the card that I sent you here.',
  unknownCommand: 'This command isn’t set up yet. Ask whoever looks after me to add it.',
  help: {
    title: 'What I can do',
    line: (name: string, summary: string) => `${name} — ${summary}`,
  },
  status: {
    title: 'Your connection',
    account: (account: string | undefined) =>
      account === undefined ? 'Your account is connected.' : `Connected account: ${account}`,
    since: (day: string) => `Connected since: ${day}`,
    permissions: 'What you allow me:',
  },
  refused: {
    'not-allowed':
      'Google Chat didn’t let me do this here as you. Check that you are a member of this space and may post in it.',
    'not-a-member': 'I’m not a member of this space. Add me to it, and ask me again.',
    'not-delegated':
      'I may not do this as you yet: an administrator of your organization must allow it. ' +
      'Tell whoever looks after me, and ask me again when it is done.',
    'person-refused':
      'Google doesn’t let me act as you. I can do that for active accounts of the organization that set me up, and no others. ' +
      'If yours is one, ask your administrator.',
    'no-address':
      'Google Chat didn’t tell me your e-mail address, and without it I can’t act as you. ' +
      'That is usual for accounts of other organizations; if yours is of this one, ask your administrator.',
    gone: 'What you wanted me to change isn’t there any more.',
    invalid:
      'Google Chat didn’t accept this message. It may be too long, or hold something that I can’t post for you.',
  },
  apology:
    'I’m sorry: I tried several times and couldn’t do what you asked. ' +
    'It wasn’t your fault. Whoever looks after me can see what went wrong, and carry it out later.',
};

export type Refusal = keyof typeof wording.refused;
