/**
 * Everything that Postern says to people, in English. The other languages have the same shape, which the compiler checks.
 *
 * Whole sentences only: data goes into a place that a sentence leaves for it. What stands for names, titles and addresses has
 * been made safe to show before.
 */
export const en = {
  permissions: {
    'chat.messages.create': 'Write messages in Google Chat as you. I can’t read any with it.',
    'chat.spaces.create': 'Create spaces in Google Chat as you.',
    'chat.memberships': 'See, add and remove people in your spaces as you.',
    'chat.memberships.app': 'Add me to your spaces, and remove me, as you.',
    openid: 'See which Google account is yours.',
  },
  otherPermission: (scope: string) => `The Google permission “${scope}”.`,
  connectCard: {
    title: 'Connect your account',
    why: {
      'not-connected':
        'To do this, I need to act as you: what I post will carry your name, with mine beside it. ' +
        'As soon as you have connected your account, I’ll do what you asked.',
      'permission-missing':
        'Your account is connected, but this needs a permission that I don’t have yet. ' +
        'As soon as you have given it, I’ll do what you asked. Everything else works without it.',
      'connection-ended':
        'Your connection has ended, so I can’t act as you any more. ' +
        'As soon as you have connected again, I’ll do what you asked.',
    },
    permissions: 'What you allow me',
    missing: 'What is missing',
    privacy:
      'Only you can see this. The link is yours alone, so please don’t pass it on. It works for one hour.',
    button: 'Connect my account',
  },
  connectedCard: {
    title: 'Your account is connected',
    thanks: 'Thank you! From now on I can act as you when you ask me to.',
    account: (email: string) => `You have connected ${email}.`,
    off: 'What you haven’t allowed me (I ask you again when you first need it):',
    undo: 'To end this at any time, write “disconnect” to me.',
  },
  welcome:
    'Hello! Mention me and write something, and I post it as you, in the same thread. ' +
    'Mention me with “help” to see what else I can do.',
  welcomeInDm:
    'Hello! Mention me in a space and write something, and I post it as you, in the same thread. ' +
    'Write “help” to see what else I can do.',
  waiting:
    'I’ll do this too, as soon as you have connected your account: use the card that I sent you here.',
  unknownCommand: 'This command isn’t set up yet. Ask whoever looks after me to add it.',
  apology:
    'I’m sorry: I tried several times and couldn’t do what you asked. ' +
    'It wasn’t your fault. Whoever looks after me can see what went wrong, and carry it out later.',
  apologyUnsure:
    'I’m sorry: I was interrupted several times, and can’t tell whether I did what you asked. ' +
    'Please look before you ask again. Whoever looks after me can see what went wrong.',
  tooLong: (bytes: string, limit: string) =>
    `This has ${bytes} bytes, and Google Chat takes ${limit} at most. Nothing was posted: shorten it, and ask me again.`,
  refused: {
    'not-allowed':
      'Google Chat didn’t let me do this here as you. Check that you are a member of this space and may post in it.',
    'not-a-member': 'I’m not a member of this space. Add me to it, and ask me again.',
    'not-approved':
      'An administrator of your organization must approve this for me first. ' +
      'Tell whoever looks after me, and ask me again when it is done.',
    'not-delegated':
      'I may not do this as you yet: an administrator of your organization must allow it. ' +
      'Tell whoever looks after me, and ask me again when it is done.',
    'person-refused':
      'Google doesn’t let me act as you. I can do that for active accounts of the organization that set me up, and no others. ' +
      'If yours is one, ask your administrator.',
    'no-address':
      'Google Chat didn’t tell me your e-mail address, and without it I can’t act as you. ' +
      'That is usual for accounts of other organizations; if yours is of this one, ask your administrator.',
    gone: 'Google Chat doesn’t find this space, thread or message: it isn’t there any more.',
    taken: 'There is something of this name already.',
    invalid:
      'Google Chat didn’t accept this message. It may be too long, or hold something that I can’t post for you.',
  },
  help: {
    summary: 'See what I can do.',
    title: 'What I can do',
    line: (name: string, summary: string, example: string | undefined) =>
      example === undefined
        ? `${name} — ${summary}`
        : `${name} — ${summary} For example: “${example}”`,
  },
  post: {
    summary: 'Mention me and write something: I post it as you, in the same thread.',
    example: 'Good morning, everyone!',
  },
  connect: {
    summary: 'Connect your account, so that I can act as you.',
    already: (email: string | undefined) =>
      email === undefined
        ? 'Your account is connected already.'
        : `Your account ${email} is connected already.`,
    delegated:
      'There is nothing to connect: an administrator of your organization has allowed me to act as you when you ask me to.',
  },
  status: {
    summary: 'See which account is connected, what it allows me, and since when.',
    title: 'Your connection',
    account: (account: string | undefined) =>
      account === undefined ? 'Your account is connected.' : `Connected account: ${account}`,
    since: (day: string) => `Connected since: ${day}`,
    permissions: 'What you allow me:',
    off: 'What I can’t do for you yet (I ask you when you first need it):',
    offLine: (command: string, permissions: string) => `${command} — ${permissions}`,
    notConnected: 'Your account isn’t connected. Write “connect” to me to change that.',
    delegated:
      'I act as you when you ask me to, because an administrator of your organization has allowed it for everybody. ' +
      'I keep nothing of your account.',
  },
  disconnect: {
    summary: 'End the connection to your account; I forget everything of you.',
    done:
      'Your account is disconnected. Google has ended what you had granted, and I have forgotten it, ' +
      'and everything that was scheduled.',
    notConnected:
      'Your account isn’t connected. If anything of you was left with me, such as posts to come, I have forgotten it now.',
    hereOnly:
      'I have forgotten your account and everything that was scheduled, but I couldn’t tell Google. ' +
      'To end what you had granted there too, remove me at https://myaccount.google.com/connections.',
    delegated:
      'There is nothing to disconnect: I keep nothing of your account. That I may act as you, an administrator of your ' +
      'organization has allowed for everybody, and only an administrator can end it. ' +
      'What you have scheduled stays: write “schedule” to see and cancel it.',
  },
  members: {
    summary: 'See who is in this space, or whether the people whom you mention are.',
    example: 'members @Ana @Bruno',
    people: (count: number, number: string) =>
      count === 1
        ? 'There is one person in this space:'
        : `There are ${number} people in this space:`,
    apps: 'And these apps:',
    more: (number: string) => `… and ${number} more.`,
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
    summary: 'Add people to this space, as you.',
    example: 'add @Ana @Bruno',
    usage: 'Mention the people whom I shall add. For example: “add @Ana @Bruno”',
    inDm:
      'Nobody can be added to a direct message. ' +
      'Ask me in a space, or create one with “space Launch party @Ana @Bruno”.',
    tooMany: (limit: number) => `I can add ${limit} people at a time. Mention fewer of them.`,
    progress: (done: number, all: number) => `Adding people: ${done} of ${all} …`,
    added: (names: string) => `Added to this space: ${names}.`,
    invited: (names: string) => `Invited, and yet to accept: ${names}.`,
    here: (names: string) => `In this space already: ${names}.`,
    refused: {
      'not-allowed': (name: string) =>
        `${name} couldn’t be added: Google Chat says that you may not. ` +
        'Check that you may add people to this space, and that it is open to people outside your organization if they are.',
      'not-a-member': (name: string) =>
        `${name} couldn’t be added: I’m not a member of this space. Add me to it, and ask me again.`,
      'not-approved': (name: string) =>
        `${name} couldn’t be added: an administrator of your organization must approve this for me first.`,
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
    summary: 'Add me to this space.',
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
    summary: 'Create a space with a name and people, as you.',
    example: 'space Launch party @Ana @Bruno',
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
  incident: {
    summary: 'Open a room for an incident, with people and a status card, as you.',
    example: 'incident Payments API is down @Ana @Bruno',
    usage:
      'Tell me what has happened, and mention who shall help. ' +
      'For example: “incident Payments API is down @Ana @Bruno”',
    creating: 'Creating the incident room …',
    joining: 'The incident room is there. Joining it …',
    made: (name: string, address: string) => `The incident room “${name}” is ready: ${address}`,
    alone: (name: string, address: string) =>
      `The incident room “${name}” is ready: ${address}\n` +
      'But Google Chat didn’t let me join it, so it has no status card. ' +
      'A manager of the room can add me, if your administrator allows apps.',
    status: {
      open: 'Open',
      investigating: 'Investigating',
      resolved: 'Resolved',
    },
    statusLabel: 'Status',
    history: 'What happened',
    entry: {
      open: (name: string, time: string) => `${time} · ${name} opened this incident.`,
      investigating: (name: string, time: string) => `${time} · ${name} is investigating.`,
      resolved: (name: string, time: string) => `${time} · ${name} marked this as resolved.`,
    },
    gone: 'This incident’s card isn’t there any more, so there is nothing to change.',
    somebody: 'Somebody',
    refused: {
      'not-allowed':
        'Google Chat didn’t let you open this room. ' +
        'Check that your organization lets you create spaces, and add these people to them.',
      gone: 'Google Chat doesn’t find everybody whom you mentioned, so I haven’t opened the room.',
      taken:
        'There is a space of this name in your organization already. Describe the incident in other words.',
      invalid:
        'Google Chat didn’t accept this room. Describe the incident in other words, and mention only people of your organization.',
    },
  },
  schedule: {
    summary:
      'Post something later, as you, also when you’re away. Alone, it lists what is to come.',
    example: 'schedule tomorrow 9:00 Good morning',
    usage:
      'Tell me when, and then what to post. For example: “schedule tomorrow 9:00 Good morning”, ' +
      '“schedule in 20 minutes Back from lunch”. Write “schedule” alone to see what is to come.',
    noText:
      'Tell me what to post, after the time. For example: “schedule tomorrow 9:00 Good morning”',
    past: (time: string) => `${time} is in the past. Choose a later time.`,
    tooFar: (time: string) => `${time} is more than a year away. Choose an earlier time.`,
    tooMany: (limit: number) =>
      `You have ${limit} posts waiting already. Cancel one of them first: write “schedule” to see them.`,
    passed: (time: string) =>
      `You asked me to post something at this time: ${time}. It had passed before I could. ` +
      'I haven’t posted it: ask me again if you still want it.',
    noZone:
      'I don’t know your time zone, and Google Chat didn’t tell me. ' +
      'Write “schedule zone” and a place once, for example “schedule zone Europe/Lisbon”, and ask me again.',
    zoneKept: (zone: string) => `I have remembered your time zone: ${zone}.`,
    zoneUnknown: (zone: string) =>
      `I don’t know the time zone “${zone}”. Write it like “Europe/Lisbon” or “America/Sao_Paulo”.`,
    planned: {
      title: 'Scheduled',
      when: (time: string) => `I’ll post this as you (${time}):`,
    },
    list: {
      title: 'What I’ll post for you',
      none: 'Nothing is scheduled. For example: “schedule tomorrow 9:00 Good morning”',
      more: (count: number) => `… and ${count} more.`,
      where: (time: string, space: string) => `${time} · ${space}`,
      dm: 'Direct message',
      otherSpace: 'Another space',
    },
    cancel: 'Cancel',
    due: (text: string) => `It’s time for what you had scheduled: “${text}”`,
    refused: {
      'not-allowed':
        'I couldn’t post what you had scheduled: Google Chat didn’t let me do this as you. ' +
        'Check that you are a member of that space and may post in it.',
      'not-a-member':
        'I couldn’t post what you had scheduled: I’m not a member of that space any more. Add me to it, and schedule it again.',
      gone: 'I couldn’t post what you had scheduled: Google Chat doesn’t find that space any more.',
    },
    cancelled: 'Cancelled. I won’t post this:',
    tooLate: 'This has been posted or cancelled already.',
  },
  pages: {
    success: {
      title: 'You’re connected',
      text: [
        'Go back to Google Chat: what you asked for is being carried out now.',
        'You can close this tab.',
      ],
    },
    declined: {
      title: 'Not connected',
      text: [
        'You chose not to give your permission. That’s fine: nothing was stored, and nothing will be posted in your name.',
        'If you change your mind, open the link in Google Chat again.',
      ],
    },
    refused: {
      title: 'Google didn’t allow this',
      text: [
        'Google ended the sign-in before you could give your permission. Nothing was stored.',
        'Your organization may not allow this app yet. Please ask your administrator.',
      ],
    },
    'other-account': {
      title: 'That was a different account',
      text: [
        'The link belongs to the person who asked the app in Google Chat. You signed in with another account, so nothing was stored.',
        'If the link is yours, open it in Google Chat again and choose the account that you use there. If somebody sent it to you, close this tab: you don’t need to do anything.',
      ],
    },
    'connected-in-part': {
      title: 'You’re connected, in part',
      text: [
        'Not every permission that was asked for was ticked. What needs the missing one is off; everything else works.',
        'Go back to Google Chat: the card there asks you for what is missing. To see at any time what is off, write “status” to the app.',
      ],
    },
    'permission-missing': {
      title: 'A permission is missing',
      text: [
        'You’re signed in, but no permission that was asked for was ticked. Nothing was stored, and nothing will be done in your name.',
        'To give it, open the link in Google Chat again, and tick the box. If the link has expired, ask the app once more for a new one.',
      ],
    },
    expired: {
      title: 'This link doesn’t work any more',
      text: [
        'A link to connect works for an hour. Nothing was stored.',
        'Ask the app in Google Chat once more, and it will send you a new one.',
      ],
    },
    'already-used': {
      title: 'This link was used already',
      text: [
        'A link to connect works once. If it was you who used it, you’re connected: go back to Google Chat.',
        'If something is still missing, ask the app in Google Chat once more.',
      ],
    },
    'bad-request': {
      title: 'This didn’t work',
      text: [
        'What your browser brought here is not what a link from Google Chat leads to, or it was brought a second time. Nothing was stored.',
        'Open the link in Google Chat again, rather than reloading this page.',
      ],
    },
    'not-available': {
      title: 'Please try again in a moment',
      text: [
        'We couldn’t finish connecting you just now. Nothing is lost.',
        'Wait a minute, then open the link in Google Chat again.',
      ],
    },
    'too-many': {
      title: 'Too many visits at once',
      text: [
        'This page was opened more often in the last minute than people do. Nothing was stored, and nothing is lost.',
        'Wait a minute, then reload this page.',
      ],
    },
    'not-found': {
      title: 'There’s nothing here',
      text: ['This address is only for people who come from a link in Google Chat.'],
    },
    'method-not-allowed': {
      title: 'This can only be opened',
      text: ['This address only answers browsers that open it from a link in Google Chat.'],
    },
  },
};

/** The shape of a catalogue. */
export type Words = typeof en;
