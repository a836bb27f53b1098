// Runs the list of functions.mjs through the executor, beside the direct calls.
//   node run.mjs [--only text] [--group name] [--library file] [--direct] [--timeout ms] [--jobs n] [--json file]
// Ends with 0 where at least 190 functions give what the direct call gives and all others are refused as the list says.
// Cases run in child processes: one that hangs or crashes takes nothing else along.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const WANTED = 190;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    group: { type: 'string', multiple: true },
    library: { type: 'string' },
    direct: { type: 'boolean', default: false },
    timeout: { type: 'string', default: '30000' },
    jobs: { type: 'string', default: '1' },
    json: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});

const groups = options.group ?? [
  'collections',
  'templates',
  'validation',
  'formats',
  'code',
  'numbers',
  'dates',
  'bytes',
  'handed',
  'refused',
];
const waiting = [...groups];
const results = [];
await Promise.all(
  Array.from({ length: Number(options.jobs) }, async () => {
    for (let group = waiting.shift(); group; group = waiting.shift()) results.push(...(await runGroup(group)));
  }),
);
report();

async function runGroup(group) {
  const done = [];
  for (;;) {
    const { ended, running } = await runChild(
      group,
      done.map((r) => r.name),
    );
    done.push(...ended);
    if (running === undefined) return done;
    done.push({ name: running, ok: false, way: '?', why: 'the process hung or died' });
    print(done.at(-1));
  }
}

/** One child over the rest of a group; `running` is the case that it did not survive. */
function runChild(group, skip) {
  const { promise, resolve } = withResolvers();
  const child = fork(fileURLToPath(new URL('child.mjs', import.meta.url)), [JSON.stringify({ ...options, group, skip })], {
    stdio: ['ignore', 'ignore', options.quiet ? 'ignore' : 'inherit', 'ipc'],
  });
  const ended = [];
  let running = skip.length === 0 ? `${group}: loading` : undefined;
  let watchdog;
  const rearm = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => child.kill('SIGKILL'), Number(options.timeout) * 3);
  };
  rearm();
  child.on('message', (message) => {
    rearm();
    running = message.running;
    if (!message.result) return;
    ended.push(message.result);
    print(message.result);
  });
  child.on('exit', () => {
    clearTimeout(watchdog);
    resolve({ ended, running });
  });
  return promise;
}

function report() {
  const sendable = results.filter((r) => !r.refusal);
  const refusals = results.filter((r) => r.refusal);
  const given = sendable.filter((r) => r.ok).length;
  const refused = refusals.filter((r) => r.ok).length;
  const byWay = new Map();
  for (const { way, ok } of sendable) {
    const [passed, all] = byWay.get(way) ?? [0, 0];
    byWay.set(way, [passed + Number(ok), all + 1]);
  }
  const ways = [...byWay].map(([way, [passed, all]]) => `${way} ${passed}/${all}`);
  const packages = new Set(results.map((r) => /^(@[^/:]+\/)?[^/:]+/.exec(r.name)[0]).filter((name) => name !== 'node'));
  console.log(
    `\n${given} of ${sendable.length} functions of ${packages.size} packages give what the direct call gives; ${refused} of ${refusals.length} are refused as expected`,
  );
  if (ways.length > 0) console.log(`by way: ${ways.join(', ')}`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 1)}\n`);
  const partial = options.only !== undefined || options.group !== undefined;
  process.exitCode = given + refused === results.length && (partial || given >= WANTED) ? 0 : 1;
}

function print(result) {
  if (result.ok && options.quiet) return;
  const times = result.first === undefined ? '' : ` ${result.first.toFixed(0)}/${result.again.toFixed(1)} ms`;
  console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${result.way.padEnd(9)} ${result.name}${times}${result.ok ? '' : `\n       ${result.why}`}`);
}

// Promise.withResolvers came with Node 22.
function withResolvers() {
  let resolve;
  const promise = new Promise((r) => {
    resolve = r;
  });
  return { promise, resolve };
}
