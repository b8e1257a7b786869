import { z } from 'zod';

/**
 * Field schemas for data whose sender is loose: nulls for absent fields, floats for integers, strings for booleans, and new
 * enum values over time (chat-platform.md, sections 1 and 2). A field that is not what it should be counts as absent, so that
 * one odd field doesn't cost a person their answer.
 */

/** The field, or undefined. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Text as it was written, cut at `max` UTF-16 units; half of a surrogate pair becomes U+FFFD. */
export const textUpTo = (max: number) =>
  lenient(z.string().transform((text) => text.slice(0, max).toWellFormed()));

/** A short text for display, or to be looked up; blank is absent. */
export const label = lenient(
  z
    .string()
    .transform((text) => text.trim().slice(0, 300).toWellFormed())
    .pipe(z.string().min(1)),
);

/** `true`, also spelled "true". */
export const flag = z
  .literal([true, 'true'])
  .transform(() => true)
  .catch(false);

/** An integer, also spelled "1" (Chat's int64) or "1.0". */
export const integer = lenient(
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}(?:\.0{1,9})?$/)
        .transform(Number),
    ])
    .pipe(z.number().int()),
);

/** A time as Chat writes it (RFC 3339, up to nanoseconds), kept as it was written. */
export const timestamp = lenient(
  z
    .string()
    .max(40)
    .pipe(z.iso.datetime({ offset: true })),
);

/** The items that fit `item`, of the first `max`; looks no further than that into the list. */
export const listOf = <T extends z.ZodType>(item: T, max: number) =>
  z
    .custom<unknown[]>(Array.isArray)
    .catch([])
    .transform((list) =>
      list.slice(0, max).flatMap((entry) => {
        const read = item.safeParse(entry);
        return read.success ? [read.data] : [];
      }),
    );
