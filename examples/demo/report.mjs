/** What the demo prints: plain text, the same on a terminal and in a file, but for the line that counts. */

const width = 64;
const letters = { render: 'r', compare: 'c', validate: 'v' };
const levels = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
// A full column: what a user feels as a delay at once, and half of what many load balancers wait for a health check.
const fullColumn = 500;

export function announce(jobs) {
  const count = (kind) => jobs.filter((job) => job.kind === kind).length;
  console.log(`
Work without an asynchronous twin, over the files of typescript and @types/node:

  r  render    ${pad(count('render'))} files of declarations, their documentation to HTML   (markdown-it)
  c  compare   ${pad(count('compare'))} pairs of files, to patches                           (diff)
  v  validate  ${pad(count('validate'))} translations, against a schema of 2,000 messages     (ajv)

Beside it, the event loop wants to tick every 10 ms. A full bar (█) is a tick that came ${fullColumn} ms late or more.`);
}

/** Counts on a terminal, on one line that is gone at the end. */
export function progress(title, total) {
  console.log(`\n${title}\n`);
  let count = 0;
  return () => {
    count++;
    if (process.stdout.isTTY) process.stdout.write(count < total ? `\r  ${count} of ${total}` : '\r\x1b[K');
  };
}

export function report({ results, start, end, ticks, interval }, jobs) {
  const column = (time) => Math.min(width - 1, Math.floor(((time - start) / (end - start)) * width));
  for (const [name, spans] of threadsOf(results, jobs)) {
    const row = Array(width).fill('·');
    for (const { letter, from, until } of spans) row.fill(letter, column(from), column(until) + 1);
    console.log(`  ${name.padEnd(12)} ${row.join('')}`);
  }
  const lateness = Array(width).fill(0);
  for (const { at, late } of ticks) {
    for (let i = column(at - late); i <= column(at); i++) lateness[i] = Math.max(lateness[i], late);
  }
  console.log(`  event loop   ${lateness.map(bar).join('')}  ${worst(ticks)} ms late at worst`);
  console.log(`  ${' '.repeat(12)} 0 s${seconds(end - start).padStart(width - 3)}`);
  console.log(
    `\n  ${ticks.length} ticks of ${Math.floor((end - start) / interval)}, ${ticks.filter(({ late }) => late > 50).length} of them more than 50 ms late`,
  );
}

export function verdict(jobs, direct, offloaded) {
  const bytes = direct.results.reduce((sum, { output }) => sum + JSON.stringify(output).length, 0);
  console.log(`
The ${jobs.length} results (${(bytes / 1e6).toFixed(1)} MB) are equal, byte for byte.

                      event loop late at worst    all done in
  main thread         ${`${worst(direct.ticks)} ms`.padStart(24)}    ${seconds(direct.end - direct.start).padStart(11)}
  executor            ${`${worst(offloaded.ticks)} ms`.padStart(24)}    ${seconds(offloaded.end - offloaded.start).padStart(11)}
`);
}

function threadsOf(results, jobs) {
  const threads = new Map();
  for (const [index, { thread, from, until }] of results.entries()) {
    const spans = threads.get(thread) ?? [];
    spans.push({ letter: letters[jobs[index].kind], from, until });
    threads.set(thread, spans);
  }
  return [...threads].sort(([a], [b]) => a - b).map(([thread, spans]) => [thread === 0 ? 'main thread' : `thread ${thread}`, spans]);
}

function bar(late) {
  return late < 5 ? ' ' : levels[Math.min(8, Math.ceil((late / fullColumn) * 8))];
}

function worst(ticks) {
  return Math.round(Math.max(...ticks.map(({ late }) => late)));
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

function pad(count) {
  return String(count).padStart(4);
}
