import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../contest.js';
import { peers } from '../peers/index.js';
import { installed } from '../peers/installed.js';
import { scenario } from '../scenario.js';

interface Server {
  readonly url: string;
}

type Autocannon = (
  options: object,
) => Promise<{ readonly requests: { readonly average: number }; readonly latency: { readonly p99: number } }>;

export const service = scenario<Server>({
  name: 'service',
  title: 'A service',
  about:
    'A `node:http` server whose `/work` costs 5 ms of processor time on a thread, under 32 connections that ask for nothing else, while another asks for `/health` 100 times a second. The load generator runs on the same machine.',
  contestants: peers.filter(({ name }) => !name.includes('tuned')).map(({ name }) => server(name)),
  cases: [
    {
      name: '32 connections',
      sample: async ({ url }, effort) => {
        const autocannon = (await installed<{ default: Autocannon }>('autocannon')).default;
        const duration = Math.max(1, Math.round(3 * effort));
        const [work, health] = await Promise.all([
          autocannon({ url: `${url}/work`, connections: 32, duration }),
          autocannon({ url: `${url}/health`, connections: 1, overallRate: 100, duration }),
        ]);
        return { work: work.requests.average, health: health.latency.p99 };
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
