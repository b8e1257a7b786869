/** What `--help` says. */
export const HELP = `Looks after Postern’s store, also while the processes run.

  npm run admin -- grants list
  npm run admin -- grants revoke users/123 | user@example.com [--yes]
  npm run admin -- grants purge --unused-for DAYS [--yes]
  npm run admin -- requests list [--state STATE]
  npm run admin -- requests show ID
  npm run admin -- requests replay ID [--yes]
  npm run admin -- requests forget ID [--yes]
  npm run admin -- keys rewrap

  --state STATE   running, released, waiting, scheduled, due, failed, refused, cancelled, forgotten or answered; all
                  but answered unless given
  --yes           what can’t be undone is confirmed: for scripts. Without a terminal nothing else confirms it
  --json          answer in JSON
  --help          this

grants revoke    ends a connection, at Google too, and forgets all that waits for this person
grants purge     the same for whoever has not used theirs for so long; what waits for them stays
requests replay  has what was given up carried out, once, as soon as a subscriber runs
requests forget  deletes what is kept of a request, which is not carried out then
keys rewrap      encrypts everything anew under the first of TOKEN_KEYS, and says which keys may be removed

Nothing here shows what somebody wrote, or a token. It takes the variables of the processes: STORE and
GOOGLE_CLOUD_PROJECT for all; TOKEN_KEYS and OAUTH_CLIENT_FILE as well for revoke, purge and rewrap.

Exit codes: 0 done, 1 failed or not all of it, 64 not understood, 78 not configured, 130 stopped with Ctrl-C.`;
