/**
 * What Piscina runs in a thread: one resident task a lease, the thread's end of a lane (the calling side's: `src/pool/lane.ts`).
 * Nothing of the user's is loaded here, so it cannot fail at load.
 */
export { serve as default } from './lane.js';
