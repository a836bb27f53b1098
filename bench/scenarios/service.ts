import { fork } from 'node:child_process';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { pause } from '../clocks.js';
import type { Contestant } from '../contest.js';
import { peers } from '../peers/index.js';
import { installed } from '../peers/installed.js';
import { scenario } from '../scenario.js';
import { quantile } from '../statistics.js';

interface Server {
  readonly url: string;
}

type Autocannon = (options: object) => Promise<{ readonly requests: { readonly average: number } }>;

/** How long each turn lasts, s: a slowest hundredth needs hundreds of requests. */
const SECONDS = 6;

/** Between two requests for `/health`, ms. */
const EVERY = 5;

export const service = scenario<Server>({
  name: 'service',
  title: 'A service',
  about:
    'A `node:http` server whose `/work` costs 5 ms of processor time on a thread, under 32 connections that ask for nothing else, while another asks for `/health`, 5 ms after each answer. The load generator runs on the same machine.',
  contestants: peers.filter(({ name }) => !name.includes('tuned')).map(({ name }) => server(name)),
  cases: [
    {
      name: '32 connections',
      sample: async ({ url }, effort) => {
        const autocannon = (await installed<{ default: Autocannon }>('autocannon')).default;
        const duration = Math.max(1, Math.round(SECONDS * effort));
        const working = autocannon({ url: `${url}/work`, connections: 32, duration });
        const health = await answerTimes(`${url}/health`, performance.now() + duration * 1_000);
        return { work: (await working).requests.average, health: quantile(health, 0.99) };
      },
    },
  ],
  warmUp: 0,
  figures: [
    { name: 'work', unit: 'requests a second', better: 'higher' },
    { name: 'health', unit: 'ms, p99', better: 'lower' },
  ],
  targets: [
    { case: '32 connections', figure: 'work', than: 'piscina', atLeast: 1.2 },
    { case: '32 connections', figure: 'health', than: 'piscina', atLeast: 1 },
  ],
  rounds: 3,
});

/** One request after the other, until then; ms each. */
async function answerTimes(url: string, until: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let now = performance.now(); now < until; now = performance.now()) {
    await new Promise<void>((resolve, reject) => {
      get(url, { agent }, (response) => response.resume().once('end', resolve)).once('error', reject);
    });
    times.push(performance.now() - now);
    await pause(EVERY);
  }
  agent.destroy();
  return times;
}

function server(name: string): Contestant<Server> {
  return {
    name,
    open: async () => {
      const file = fileURLToPath(new URL('../programs/service.js', import.meta.url));
      const child = fork(file, [name], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
      const port = await new Promise<string>((resolve, reject) => {
        child.stdout?.once('data', (data: Buffer) => resolve(String(data).trim()));
        child.once('exit', (code) => reject(new Error(`the server of ${name} ended with code ${code}`)));
      });
      return { url: `http://127.0.0.1:${port}`, close: async () => child.kill() };
    },
  };
}
