/**
 * Errors of a whole chunk, told as errors of items: nobody who maps knows of chunks.
 */
import { FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';
import type { ChunkFailure } from '../../transport/rebuild/each.js';
import { stackOf } from '../../transport/values/errors.js';

/** An item has thrown; other errors are about the chunk. */
export function isChunkFailure(error: unknown): error is ChunkFailure {
  return typeof error === 'object' && error !== null && 'run-in-executor:chunk' in error;
}

/** `first`: the number of the chunk's first item. */
export function inWordsOfItems(error: unknown, first: number): unknown {
  if (error instanceof ValueNotSendableError || error instanceof FunctionNotSendableError) {
    const path = pathOfItem(error.path, first);
    if (path === error.path) return error;
    const message = error.message.replace(error.path, () => path);
    return again(
      error,
      error instanceof ValueNotSendableError
        ? new ValueNotSendableError(message, { path })
        : new FunctionNotSendableError(message, { path }),
    );
  }
  return error;
}

/** The place in the chunk of the item that an error is about, if it says so. */
export function itemThatCannotCross(error: unknown): number | undefined {
  const isAboutValues = error instanceof ValueNotSendableError || error instanceof FunctionNotSendableError;
  const index = isAboutValues ? /^args\[0\]\[(\d+)\]/.exec(error.path)?.[1] : undefined;
  return index === undefined ? undefined : Number(index);
}

/** `args[0][3].socket` → `items[20].socket`, `result.results[3]` → `results[20]`. */
function pathOfItem(path: string, first: number): string {
  return path.replace(
    /^(?:args\[0\]|result\.(results))\[(\d+)\]/,
    (_, result: string | undefined, index: string) => `${result ?? 'items'}[${first + Number(index)}]`,
  );
}

function again<E extends Error>(from: Error, to: E): E {
  const stack = stackOf(from);
  if (stack !== undefined) to.stack = stack.replace(from.message, () => to.message);
  if (from.cause !== undefined) to.cause = from.cause;
  return to;
}
