import { once } from 'node:events';
import { say } from './timeline.mjs';

/** Asks a server of one place and one to wait three times at once: one runs, one waits and goes away, the third is too many. */
export async function askThrice(server) {
  const impatient = new AbortController();
  const answers = [];
  for (const [seconds, signal] of [[2], [3, impatient.signal], [1]]) {
    answers.push(ask(server, seconds, signal));
    await once(server, 'request');
  }
  await answers[2];
  impatient.abort();
  await Promise.all(answers);
}

/** GET, and what came of it. */
export async function ask(server, path, signal) {
  try {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/${path}`, { signal });
    say('main', `GET /${path}: ${response.status} ${await response.text()}`);
  } catch {
    say('main', `GET /${path}: gave up`);
  }
}
