/** What `--help` says. */
export const HELP = `Google Chat from a terminal, as the app, as yourself, or as somebody by delegation.

  npm run chat -- send spaces/AAA "text" [--thread spaces/AAA/threads/BBB] [--id ID]
  npm run chat -- update spaces/AAA/messages/BBB "new text"
  npm run chat -- members spaces/AAA
  npm run chat -- create-space "Name" [users/123 | user@example.com …] [--id ID]
  npm run chat -- sign-out

  --as app                the app, by Application Default Credentials; the default
  --as me                 you, signed in with your browser; the default of create-space
  --as user@example.com   that person, by domain-wide delegation
  --id ID                 your own id: what is sent again under it isn't posted again
  --no-browser            print the link to sign in, and don't open it
  --json                  answer in JSON
  --help                  this

A text that begins with a dash stands behind --, as in: send spaces/AAA -- "- one"

As a person, each command asks for one permission when it is first needed:
  send           chat.messages.create (sensitive)
  update         chat.messages (restricted: whoever holds it can read, change and delete all that you can, and
                 Google reviews External apps that ask for it)
  members        chat.memberships.readonly (sensitive)
  create-space   chat.spaces.create (sensitive)

sign-out ends the permission at Google, for all OAuth clients of the same project, Postern's own included.

Exit codes: 0 done, 1 failed, 64 not understood, 78 not configured, 130 stopped with Ctrl-C.`;
