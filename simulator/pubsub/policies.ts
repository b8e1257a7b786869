import { status } from '@grpc/grpc-js';
import { Refusal } from './refusal.ts';

/** Who has a role: `serviceAccount:…`, `user:…`, `allUsers`… */
export interface Binding {
  role: string;
  members: readonly string[];
}

/** A resource's policy. Its etag changes with each change of it. */
export interface Policy {
  version: number;
  bindings: readonly Binding[];
  etag: Buffer;
}

/** The policies of topics and subscriptions, by their full names. What has none has an empty one. */
export class Policies {
  readonly #policies = new Map<string, { bindings: readonly Binding[]; revision: number }>();

  get(resource: string): Policy {
    const { bindings, revision } = this.#policies.get(resource) ?? { bindings: [], revision: 0 };
    return { version: 1, bindings, etag: Buffer.from(`revision-${revision}`) };
  }

  /** @param etag of the policy that this one is made from; empty to replace whichever there is. Throws ABORTED for an older one */
  replace(resource: string, bindings: readonly Binding[], etag: Buffer = Buffer.alloc(0)): Policy {
    const before = this.get(resource);
    if (etag.length > 0 && !etag.equals(before.etag)) {
      throw new Refusal(status.ABORTED, 'There were concurrent policy changes.');
    }
    const revision = (this.#policies.get(resource)?.revision ?? 0) + 1;
    this.#policies.set(resource, { bindings, revision });
    return this.get(resource);
  }
}
