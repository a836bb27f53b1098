/**
 * The faults of docs/guarantees.md, played on other pools: each in a process of its own, with a time limit, and judged by the same criteria.
 *
 *   npm run bench:faults                     all, on piscina and tinypool; prints the table, and writes test/faults/peers/results.json
 *   node test/faults/peers/run.mjs tinypool exit  those of one pool whose title contains the words
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterOwnTime } from '../../setup/own-time.mjs';
import { groups } from '../list.mjs';

/** What takes longer hangs, ms in which this process ran. The pools get as long as the tests give this library. */
const PATIENCE = 20_000;
const AT_ONCE = 2;

const PEERS = ['piscina', 'tinypool'];
const GRADES = ['handled', 'blurred', 'wrong', 'hangs', 'crashes', 'not offered'];

const [, , ...words] = process.argv;
const peers = PEERS.filter((peer) => words.length === 0 || !PEERS.includes(words[0]) || words[0] === peer);
const wanted = words.filter((word) => !PEERS.includes(word));
const plays = groups.flatMap(({ group, faults }) =>
  faults
    .filter(({ fault }) => wanted.every((word) => fault.includes(word)))
    .flatMap(({ fault }) => peers.map((peer) => ({ group, fault, peer }))),
);

const waiting = [...plays];
await Promise.all(Array.from({ length: AT_ONCE }, work));
print();

async function work() {
  for (let play = waiting.shift(); play !== undefined; play = waiting.shift()) {
    Object.assign(play, await judged(play));
    console.log(`${play.peer}: ${play.fault}: ${play.grade}${play.why === undefined ? '' : ` (${play.why})`}`);
  }
}

function judged({ peer, fault }) {
  const args = ['--import', new URL('as-peer.mjs', import.meta.url).href, fileURLToPath(new URL('child.mjs', import.meta.url)), fault];
  const child = spawn(process.execPath, args, { env: { ...process.env, FAULTS_PEER: peer }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.resume();
  const callOff = afterOwnTime(PATIENCE, () => child.kill('SIGKILL'));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      callOff();
      const verdict = /^VERDICT (.*)$/m.exec(said)?.[1];
      if (verdict !== undefined) resolve(JSON.parse(verdict));
      else if (signal === 'SIGKILL') resolve({ grade: 'hangs', why: `nothing after ${PATIENCE / 1_000} s` });
      else resolve({ grade: 'crashes', why: `the process ended with ${code ?? signal}` });
    });
  });
}

function print() {
  const counts = Object.fromEntries(peers.map((peer) => [peer, Object.fromEntries(GRADES.map((grade) => [grade, of(peer, grade)]))]));
  console.log(`\n| ${['', ...GRADES].join(' | ')} |\n|${'---|'.repeat(GRADES.length + 1)}`);
  for (const peer of peers) console.log(`| ${[peer, ...GRADES.map((grade) => counts[peer][grade])].join(' | ')} |`);
  if (words.length > 0) return;
  const results = { node: process.version, faults: plays.length / peers.length, counts, plays };
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);
}

function of(peer, grade) {
  return plays.filter((play) => play.peer === peer && play.grade === grade).length;
}
