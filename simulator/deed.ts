import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ImpossibleAction } from './world/entrance.ts';

/** What somebody does on a page, as JSON. Answers with what came of it, or 400 or 409 with a reason why it can't be done. */
export function deed<T>(schema: z.ZodType<T>, act: (input: T) => unknown): RequestHandler {
  return async (request, response) => {
    const input = schema.safeParse(request.body);
    if (!input.success) {
      response.status(400).json({ error: z.prettifyError(input.error) });
      return;
    }
    try {
      response.json((await act(input.data)) ?? {});
    } catch (error) {
      if (!(error instanceof ImpossibleAction)) throw error;
      response.status(409).json({ error: error.message });
    }
  };
}
