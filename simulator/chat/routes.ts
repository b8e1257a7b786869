import type { HttpBinding, Protos } from './protos.ts';

/** A binding, and what its path's variables stand for in one request. */
export interface Match {
  binding: HttpBinding;
  /** By the name in the protos, for example `parent` or `message.name`. */
  path: ReadonlyMap<string, string>;
}

export type FindRoute = (verb: string, path: string) => Match | undefined;

/** @returns a function that throws URIError when the path is not properly percent-encoded */
export function createRoutes({ bindings }: Protos): FindRoute {
  const routes = bindings.map((binding) => ({ binding, ...compile(binding.template) }));
  return (verb, path) => {
    const decoded = path.split('/').map(decodeURIComponent);
    // A slash that was encoded doesn't end a segment.
    const comparable = decoded.map((segment) => segment.replaceAll('/', '%2F')).join('/');
    for (const { binding, pattern, variables } of routes) {
      const values = binding.verb === verb ? pattern.exec(comparable) : null;
      if (values === null) continue;
      return {
        binding,
        path: new Map(variables.map((name, at) => [name, values[at + 1] ?? ''])),
      };
    }
    return undefined;
  };
}

export function variablesOf(template: string): string[] {
  return [...template.matchAll(/\{([\w.]+)=/g)].map(([, name = '']) => name);
}

/** `{parent=spaces/*}` becomes a group; a `*` is one segment, without the colon of a custom verb. */
function compile(template: string): { pattern: RegExp; variables: string[] } {
  const source = template.replace(/\{[\w.]+=([^}]*)\}/g, '($1)').replaceAll('*', '[^/:]+');
  return { pattern: new RegExp(`^${source}$`), variables: variablesOf(template) };
}
