import type { Contestant } from '../contest.js';
import { peers } from '../peers/index.js';
import { numberFrom } from '../programs/run.js';
import { scenario } from '../scenario.js';

type Name = { readonly peer: string };

export const start = scenario<Name>({
  name: 'start',
  title: 'Import and first result of a cold process',
  about: 'A fresh process each time: importing the package, starting one thread, and the result of the first call.',
  contestants: programs().filter(({ name }) => !name.includes('tuned')),
  cases: [{ name: 'first result', sample: async ({ peer }) => ({ time: await numberFrom('start', peer) }) }],
  warmUp: 0,
  figures: [{ name: 'time', unit: 'ms', better: 'lower' }],
  targets: [{ case: 'first result', figure: 'time', than: 'piscina', atLeast: 1 }],
});

export function programs(): Contestant<Name>[] {
  return peers.map(({ name }) => ({ name, open: async () => ({ peer: name, close: async () => undefined }) }));
}
