/**
 * What Piscina loads in a thread: one resident task a lease, the thread's end of a lane (the calling side's: `src/pool/lane/lane.ts`).
 * Nothing of the user's is loaded here, so it cannot fail at load.
 *
 * CommonJS, for Piscina requires its file: on Node 20 a thread that is ended while `require()` links an ES module takes the process along.
 */
const lane = import('./lane.js');

type Serve = typeof import('./lane.js', { with: { 'resolution-mode': 'import' }}).serve;

module.exports = async (lease: Parameters<Serve>[0]): Promise<void> => (await lane).serve(lease);
