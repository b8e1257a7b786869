import type { Principal } from '../principal.ts';
import type { ChatWorld } from '../world/chat-world.ts';
import type { Access } from './access.ts';
import type { Query } from './query.ts';
import type { MethodId } from './scopes.ts';

/** One authenticated, well-formed call. */
export interface MethodCall {
  principal: Principal;
  /** The resource name in the path: a parent, or the resource itself. */
  resource: string;
  query: Query;
  /** Read by the protos: only known fields, of the right types. */
  body: Record<string, unknown>;
}

export interface Method {
  id: MethodId;
  run(call: MethodCall): object | Promise<object>;
}

/** What methods work with. */
export interface Backend {
  world: ChatWorld;
  access: Access;
}
