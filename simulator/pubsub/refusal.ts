import { status } from '@grpc/grpc-js';

/** What Pub/Sub answers instead of doing what was asked: a gRPC status, worded as Google words it where that is known. */
export class Refusal extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

export function invalidArgument(message: string): Refusal {
  return new Refusal(status.INVALID_ARGUMENT, message);
}

/** For a value over its documented limit. */
export function tooLarge(field: string, value: number | string, maximum: number | string): Refusal {
  return invalidArgument(
    `The value for ${field} is too large. You passed ${value} in the request, but the maximum value is ${maximum}.`,
  );
}

/** For a value under its documented limit. */
export function tooSmall(field: string, value: number | string, minimum: number | string): Refusal {
  return invalidArgument(
    `The value for ${field} is too small. You passed ${value} in the request, but the minimum value is ${minimum}.`,
  );
}

/** `name` is a full resource name; like Google, the answer tells its last part. */
export function notFound(name: string): Refusal {
  return new Refusal(status.NOT_FOUND, `Resource not found (resource=${lastPart(name)}).`);
}

/** For a caller without the role. Google doesn’t tell which is missing. */
export function denied(): Refusal {
  return new Refusal(status.PERMISSION_DENIED, 'User not authorized to perform this action.');
}

/** `name` is a full resource name; like Google, the answer tells its last part. */
export function alreadyExists(name: string): Refusal {
  return new Refusal(
    status.ALREADY_EXISTS,
    `Resource already exists in the project (resource=${lastPart(name)}).`,
  );
}

/** Any error as a gRPC status. What isn't a `Refusal` is a fault of the simulator, and says so. */
export function answerRefusal(error: unknown): { code: status; details: string } {
  if (error instanceof Refusal) return { code: error.code, details: error.message };
  return { code: status.INTERNAL, details: `The simulated Pub/Sub failed: ${String(error)}` };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
