import { parentPort, workerData } from 'node:worker_threads';

const { origin, routes, rounds } = workerData;

for (let round = 0; round < rounds; round++) {
  for (const route of routes) {
    const response = await fetch(origin + route);
    await response.text();
    if (round === 0) parentPort.postMessage(`${response.status} ${route}`);
  }
  compress(round);
}

/** Blocks this thread, which is nobody's event loop but its own. */
function compress(seed) {
  let sum = seed;
  for (let i = 0; i < 30_000_000; i++) sum = (sum * 31 + i) % 65_521;
  return sum;
}
