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
    line: (name: string, summary: string, example: string | undefined) =>
      example === undefined
        ? `${name} — ${summary}`
        : `${name} — ${summary} For example: “${example}”`,
  },
  status: {
    title: 'Your connection',
    account: (account: string | undefined) =>
      account === undefined ? 'Your account is connected.' : `Connected account: ${account}`,
    since: (day: string) => `Connected since: ${day}`,
    permissions: 'What you allow me:',
  },
  members: {
    people: (count: number) =>
      count === 1
        ? 'There is one person in this space:'
        : `There are ${count} people in this space:`,
    apps: 'And these apps:',
    more: (count: number) => `… and ${count} more.`,
    oneHere: 'This person is here.',
    allHere: 'Everyone whom you mention is here.',
    missing: (names: string) =>
      `Not in this space yet: ${names}. To add people, write “add” to me and mention them.`,
    usage:
      'Write “members” alone to see who is here, or mention people to see whether they are. ' +
      'For example: “members @Ana @Bruno”',
    refused: { 'not-allowed': 'Google Chat doesn’t tell me who is in this space.' },
  },
  add: {
    usage: 'Mention the people whom I shall add. For example: “add @Ana @Bruno”',
    inDm:
      'Nobody can be added to a direct message. ' +
      'Ask me in a space, or create one with “space Launch party @Ana @Bruno”.',
    tooMany: (limit: number) => `I can add ${limit} people at a time. Mention fewer of them.`,
    added: (names: string) => `Added to this space: ${names}.`,
    invited: (names: string) => `Invited, and yet to accept: ${names}.`,
    here: (names: string) => `In this space already: ${names}.`,
    refused: {
      'not-allowed': (name: string) =>
        `${name} couldn’t be added: Google Chat says that you may not. ` +
        'Check that you may add people to this space, and that it is open to people outside your organization if they are.',
      'not-a-member': (name: string) =>
        `${name} couldn’t be added: I’m not a member of this space. Add me to it, and ask me again.`,
      gone: (name: string) =>
        `${name} couldn’t be added: Google Chat doesn’t find this person, or this space. ` +
        'Check that they still have a Google Chat account.',
      taken: (name: string) => `${name} is in this space already.`,
      invalid: (name: string) =>
        `${name} couldn’t be added: this space doesn’t take people in this way. ` +
        'A manager of the space can add them in Google Chat itself.',
    },
  },
  addApp: {
    added: 'I’m in this space now. Mention me and write something, and I post it as you.',
    here: 'I’m here already.',
    refused: {
      'not-allowed':
        'Google Chat didn’t let you add me to this space. ' +
        'A manager of the space can add me, if your administrator allows apps.',
      gone: 'Google Chat doesn’t find this space any more, so you can’t add me to it.',
      invalid: 'Google Chat takes no apps in this space.',
    },
  },
  space: {
    usage:
      'Tell me what the space shall be called, and mention who shall be in it. ' +
      'For example: “space Launch party @Ana @Bruno”',
    nameTooLong: (limit: number) =>
      `A space’s name has ${limit} characters at most. Choose a shorter one.`,
    tooMany: (limit: number) =>
      `A new space takes ${limit} people beside you. Mention fewer of them, and add the others later.`,
    made: (name: string, address: string) => `The space “${name}” is ready: ${address}`,
    refused: {
      'not-allowed':
        'Google Chat didn’t let you create this space. ' +
        'Check that your organization lets you create spaces, and add these people to them.',
      gone: 'Google Chat doesn’t find everybody whom you mentioned, so I haven’t created the space.',
      taken: 'There is a space of this name in your organization already. Choose another name.',
      invalid:
        'Google Chat didn’t accept this space. Try another name, and mention only people of your organization.',
    },
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
    taken: 'There is something of this name already.',
    invalid:
      'Google Chat didn’t accept this message. It may be too long, or hold something that I can’t post for you.',
  },
  apology:
    'I’m sorry: I tried several times and couldn’t do what you asked. ' +
    'It wasn’t your fault. Whoever looks after me can see what went wrong, and carry it out later.',
};

export type Refusal = keyof typeof wording.refused;
