import { numberFrom } from '../programs/run.js';
import { scenario } from '../scenario.js';
import { programs } from './start.js';

export const memory = scenario<{ readonly peer: string }>({
  name: 'memory',
  title: 'Memory a thread',
  about: 'Resident memory of the process that each of ten more threads adds once it has run calls. A fresh process each time.',
  contestants: programs().filter(({ name }) => !name.includes('tuned')),
  cases: [{ name: 'a thread', sample: async ({ peer }) => ({ size: await numberFrom('memory', peer) }) }],
  warmUp: 0,
  figures: [{ name: 'size', unit: 'MiB', better: 'lower' }],
  // 2 MiB above Piscina's 8.
  targets: [{ case: 'a thread', figure: 'size', than: 'piscina', atLeast: 8 / 10 }],
  rounds: 3,
});
