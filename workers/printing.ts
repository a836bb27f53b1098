/**
 * What tasks print is on its way before they go on: a thread that blocks, exits or is ended afterwards takes nothing along.
 *
 * Node lets a thread's stream send one chunk and then wait for the main thread's word before it sends the next; a blocked thread never hears
 * it, and an ended one forgets what it kept. Here a stream waits for nothing, so a task that prints without end fills the main thread's memory
 * instead of its own.
 */
export function printAtOnce(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const send = stream._writev?.bind(stream);
    if (send === undefined) continue;
    stream._writev = (chunks, done) => {
      send(chunks, () => {});
      done();
    };
  }
}
