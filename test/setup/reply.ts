/** What a fake API answers. */
export type Reply = { status: number; body: object };
type Handler = (match: RegExpExecArray, body: Record<string, unknown>) => Reply;
/** Method and URL, and what becomes of them. */
export type Routes = readonly (readonly [RegExp, Handler])[];

export const ok = (body: object): Reply => ({ status: 200, body });

export const refusal = (status: number, reason: string): Reply => ({
  status,
  body: { error: { status: reason } },
});
