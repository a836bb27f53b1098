// biome-ignore-all lint/correctness/noConstAssign: what is tried is that it fails on a thread as here
import { readFileSync } from 'node:fs';
import bcrypt from 'bcryptjs';
import lodash from 'lodash';
import { runInExecutor } from 'run-in-executor';
import { onAThread, wordCount } from './text-ts.ts';

const rows = [
  { k: 'a', n: 1 },
  { k: 'b', n: 2 },
  { k: 'a', n: 3 },
];
const salt = '$2b$04$abcdefghijklmnopqrstuu';

function countUp() {
  const n = 1;
  // @ts-expect-error: see above
  return () => ++n;
}

function messageOf(fn: () => unknown): unknown {
  try {
    return fn();
  } catch (error) {
    return (error as Error).message;
  }
}

const text: string = await runInExecutor(readFileSync, 'package.json', 'utf8');
const groups: Record<string, typeof rows> = await runInExecutor(lodash.groupBy, rows, 'k');
const hash: string = await runInExecutor(bcrypt.hashSync, 'pw', salt);
const count: number = await runInExecutor(wordCount, 'three short words');
const elsewhere: boolean = await runInExecutor(onAThread);

console.log(
  JSON.stringify({
    builtin: [text, readFileSync('package.json', 'utf8')],
    package: [groups, lodash.groupBy(rows, 'k')],
    statefulPackage: [hash, bcrypt.hashSync('pw', salt)],
    ownFile: [count, wordCount('three short words')],
    constant: [await runInExecutor(countUp()).catch((error) => error.message), messageOf(countUp())],
    elsewhere: [elsewhere, true],
  }),
);
