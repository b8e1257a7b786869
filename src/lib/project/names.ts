import { fullName } from './blueprint.ts';

/** A topic or subscription by its parts, for gcloud: `postern --project=my-project`. */
export function forGcloud(name: string): string {
  const [, project, id] = /^projects\/([^/]+)\/\w+\/(.+)$/.exec(name) ?? [];
  return project === undefined || id === undefined ? name : `${id} --project=${project}`;
}

/** The full name, as far as the project is known. */
export function nameIn(
  project: string | undefined,
  collection: 'topics' | 'subscriptions',
  idOrName: string,
): string {
  return project === undefined ? idOrName : fullName(project, collection, idOrName);
}
