import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openCallbackScene } from './callback-scene.ts';
import { ana } from './scene.ts';

const scene = await openCallbackScene();

it('counts who comes back from Google by what it came to, and times each answer', async () => {
  const url = await scene.ask();
  await scene.comeBack(scene.google.consent(url, { sub: '666' }));
  await scene.comeBack(scene.google.consent(url, ana()));
  await scene.visit('/oauth2?state=unknown');
  const lines = (await scene.metering.render()).split('\n');
  for (const line of [
    'postern_consents_total{outcome="connected"} 1',
    'postern_consents_total{outcome="other-person"} 1',
    'postern_consents_total{outcome="malformed-query"} 1',
  ]) {
    assert.ok(lines.includes(line), `${line}\n${lines.join('\n')}`);
  }
  const answers = lines.filter((line) =>
    line.startsWith('http_server_request_duration_seconds_count'),
  );
  assert.ok(
    answers.some(
      (line) => line.includes('status_code="200"') && line.includes('http_route="/oauth2"'),
    ),
    answers.join('\n'),
  );
});

it('names neither a path nor a method that somebody has made up', async () => {
  await scene.visit('/wp-login.php');
  await scene.visit('/oauth2', { method: 'BREW' }).catch(() => {});
  await scene.visit('/oauth2', { method: 'PROPFIND' });
  const text = await scene.metering.render();
  assert.doesNotMatch(text, /wp-login|PROPFIND|BREW/);
  assert.match(text, /http_request_method="_OTHER"/);
});
