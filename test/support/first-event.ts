import assert from 'node:assert/strict';

/** The data of the first server-sent event of a stream. */
export async function firstEvent(url: string): Promise<unknown> {
  const stop = new AbortController();
  const { body } = await fetch(url, { signal: stop.signal });
  assert.ok(body);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      assert.ok(!done, 'the stream has ended');
      text += value;
      const [, data] = /^data: (.*)\n\n/.exec(text) ?? [];
      if (data !== undefined) return JSON.parse(data);
    }
  } finally {
    stop.abort();
  }
}
