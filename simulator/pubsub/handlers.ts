import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { z } from 'zod';
import { answerRefusal } from './refusal.ts';
import { parse } from './wire.ts';

/** The methods of a gRPC service, by their names in lower camel case. */
export type Handlers = UntypedServiceImplementation;

/** A method that answers one request with one response, at once. */
export function unary<Schema extends z.ZodType>(
  schema: Schema,
  answer: (request: z.infer<Schema>) => object,
): handleUnaryCall<unknown, object> {
  return (call, callback) => {
    try {
      callback(null, answer(parse(schema, call.request)));
    } catch (error) {
      callback(answerRefusal(error));
    }
  };
}

const DEFAULT_PAGE_SIZE = 100;

interface PageRequest {
  pageSize: number;
  pageToken: string;
}

/** The part of a project's resources that a list request asks for, in the order of their names. */
export function pageOfProject<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  request: PageRequest & { project: string },
): { items: Item[]; nextPageToken: string } {
  const ofProject = items.filter((item) => nameOf(item).startsWith(`${request.project}/`));
  return page(ofProject, nameOf, request);
}

/** The part of them all that a list request asks for, in the order of their names. */
export function page<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  request: PageRequest,
): { items: Item[]; nextPageToken: string } {
  const size = request.pageSize > 0 ? request.pageSize : DEFAULT_PAGE_SIZE;
  const rest = items
    .filter((item) => nameOf(item) > request.pageToken)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const last = rest[size - 1];
  const more = rest.length > size && last !== undefined;
  return { items: rest.slice(0, size), nextPageToken: more ? nameOf(last) : '' };
}
