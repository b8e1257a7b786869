/**
 * With whose name Chat publishes a classic app's events (Chat's Pub/Sub quickstart; chat-platform.md, section 4). IAM takes any
 * name of that domain unchecked, so a wrong one fails silently: the Chat API page has the last word.
 */
export const CHAT_PUBLISHER = 'chat-api-push@system.gserviceaccount.com';

/** An add-on's events come from an account of the project, which the Chat API page tells (the add-ons' Pub/Sub quickstart). */
const ADD_ON_PUBLISHER = /^service-\d+@gcp-sa-gsuiteaddons\.iam\.gserviceaccount\.com$/;

/** Moves what can't be delivered to the dead-letter topic ("Handle message failures" guide). */
const PUBSUB_AGENT = /^service-\d+@gcp-sa-pubsub\.iam\.gserviceaccount\.com$/;

/** As IAM names a service account in a policy. */
export function member(account: string): string {
  return `serviceAccount:${account}`;
}

/** Whether a member of a policy is an account that Chat publishes with. */
export function isChat(name: string): boolean {
  const account = accountIn(name);
  return account === CHAT_PUBLISHER || ADD_ON_PUBLISHER.test(account);
}

export function isPubSubAgent(name: string): boolean {
  return PUBSUB_AGENT.test(accountIn(name));
}

/** Pub/Sub's own account in a project, by its number. */
export function pubSubAgent(projectNumber: string): string {
  return `service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
}

function accountIn(name: string): string {
  return name.startsWith('serviceAccount:') ? name.slice('serviceAccount:'.length) : '';
}
