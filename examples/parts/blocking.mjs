/** Functions that block the thread they run on. A thread imports this file by itself: they go by reference. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { sleepSync } from 'run-in-executor';
import { say, second } from './timeline.mjs';

const thread = threadId === 0 ? 'main' : `thread ${threadId}`;
const client = fileURLToPath(new URL('http-get.mjs', import.meta.url));

export function sleeping(seconds) {
  say(thread, `start sleeping(${seconds})`);
  sleepSync(seconds * second);
  say(thread, `finish sleeping(${seconds})`);
  return seconds;
}

/** A GET that really blocks: this thread stands still until another process has the answer. */
export function blockingGet(url) {
  say(thread, `start GET ${new URL(url).pathname}`);
  const body = execFileSync(process.execPath, [client, url], { encoding: 'utf8' });
  say(thread, `finish GET ${new URL(url).pathname}`);
  return body;
}

export function f1(url) {
  return blockingGet(`${url}/f1`);
}

export function f2(url) {
  return blockingGet(`${url}/f2`);
}

export function delayedPrint(mes, sec) {
  sleepSync(sec * second);
  say(thread, mes);
}
