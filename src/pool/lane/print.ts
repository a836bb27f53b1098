/**
 * What tasks print, printed here: a thread has no stdout of its own.
 */
import { setImmediate } from '../../transport/own/own-globals.js';
import type { PrintMessage } from '../../transport/protocol.js';

export function print({ to, chunks }: PrintMessage): void {
  const stream = process[to];
  const failed = (error?: Error | null): void => {
    if (error) ignoreFor(stream);
  };
  for (const { chunk, encoding } of chunks) typeof chunk === 'string' ? stream.write(chunk, encoding, failed) : stream.write(chunk, failed);
}

/** Who reads no further (`| head`) is nobody's error, as with `console.log`. Each write that failed says so once more, after its callback. */
function ignoreFor(stream: NodeJS.WriteStream): void {
  if (stream.listeners('error').includes(ignore)) return;
  stream.on('error', ignore);
  setImmediate(() => stream.off('error', ignore));
}

function ignore(): void {}
