/**
 * Gates that hold up threads while they import a module: what is aborted meanwhile is known not to have started.
 */
import { isMainThread, setEnvironmentData } from 'node:worker_threads';
import { fromModule } from 'run-in-executor';

/** Where threads find them: ../fixtures/importing.mjs. */
const GATES = 'run-in-executor: gates of the model test';
const MOST_GATES = 2 ** 16;

const gates = new Int32Array(new SharedArrayBuffer(MOST_GATES * Int32Array.BYTES_PER_ELEMENT));
let made = 0;

if (isMainThread) setEnvironmentData(GATES, gates.buffer);

/** A function whose module is imported once its gate is open. */
export class Gate {
  // From the second round on, those of long ago are opened and closed again: nobody waits at them any more.
  #number = made++ % MOST_GATES;

  constructor() {
    Atomics.store(gates, this.#number, 0);
  }

  get function() {
    return fromModule(new URL(`../fixtures/importing.mjs?gate=${this.#number}`, import.meta.url)).imported;
  }

  get closed() {
    return Atomics.load(gates, this.#number) === 0;
  }

  open() {
    Atomics.store(gates, this.#number, 1);
  }
}
