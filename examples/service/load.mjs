/**
 * `npm run service:load`: what 32 clients of the heaviest route do to two that ask for /health, without threads and with them.
 *
 * SECONDS (8): how long each.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';

const duration = Number(process.env.SECONDS ?? 8);
const folder = mkdtempSync(join(tmpdir(), 'service-'));

try {
  console.log(`32 connections ask for /handbook, 2 for /health, for ${duration} s:\n`);
  for (const offload of ['no', 'yes']) {
    const { handbook, health } = await measure(offload);
    console.log(
      `  ${offload === 'yes' ? 'on threads' : 'on the main thread'}`.padEnd(22),
      health['2xx'] === 0
        ? `/health: not answered in ${duration} s;`
        : `/health: p50 ${ms(health.latency.p50)}, p99 ${ms(health.latency.p99)};`,
      `/handbook: ${handbook['2xx']} answers, ${failures(handbook) + failures(health)} failures`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(offload) {
  const env = { ...process.env, PORT: '0', NOTICE: '0', DATABASE: join(folder, `${offload}.db`), OFFLOAD: offload };
  const server = spawn(process.execPath, ['server.mjs'], { cwd: import.meta.dirname, env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await new Promise((resolve, reject) => {
      server.stdout.once('data', (line) => resolve(/http\S+/.exec(line)[0]));
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    // Code that runs hot is compiled, in each thread by itself; a service that has run for a while is past that.
    await autocannon({ url: `${url}/handbook`, connections: 8, amount: 64, timeout: 60 });
    const [handbook, health] = await Promise.all([
      autocannon({ url: `${url}/handbook`, connections: 32, duration, timeout: 60 }),
      autocannon({ url: `${url}/health`, connections: 2, duration, timeout: 60 }),
    ]);
    return { handbook, health };
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
}

function failures({ errors, timeouts, non2xx }) {
  return errors + timeouts + non2xx;
}

function ms(time) {
  return `${time} ms`.padStart(7);
}
