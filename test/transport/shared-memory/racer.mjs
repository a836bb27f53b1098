/** The thread that races for calls in `claims.test.ts`. */
import { parentPort, workerData } from 'node:worker_threads';

const { Claims } = await import(workerData.built);

parentPort.on('message', ({ claims: buffer, gate }) => {
  const claims = new Claims(buffer);
  const claimed = [];
  Atomics.store(gate, 0, 1);
  while (Atomics.load(gate, 0) === 1);
  for (let i = 0; i < workerData.calls; i++) if (claims.claim(i, 1)) claimed.push(i);
  parentPort.postMessage(claimed);
});
parentPort.postMessage('ready');
