import assert from 'node:assert/strict';

/** The data of the first server-sent event of a stream. */
export async function firstEvent(url: string): Promise<unknown> {
  const stop = new AbortController();
  const { body } = await fetch(url, { signal: stop.signal });
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body ?? assert.fail('no body')) {
      text += decoder.decode(chunk, { stream: true });
      const [, data] = /^data: (.*)\n\n/.exec(text) ?? [];
      if (data !== undefined) return JSON.parse(data);
    }
  } finally {
    stop.abort();
  }
  return assert.fail('The stream has ended.');
}
