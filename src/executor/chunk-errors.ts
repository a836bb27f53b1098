/**
 * Errors of a whole chunk, told as errors of items: nobody who maps knows of chunks.
 */
import { FunctionNotSendableError, TaskTimeoutError, ValueNotSendableError } from '../errors.js';

/** `first`: the number of the chunk's first item. `timeout`: as the user gave it. */
export function inWordsOfItems(error: unknown, first: number, timeout: number | undefined): unknown {
  if (error instanceof TaskTimeoutError && timeout !== undefined) {
    return again(
      error,
      new TaskTimeoutError(error.message.replace(/longer than \S+ ms \(timeout\)/, `longer than ${timeout} ms (timeout)`)),
    );
  }
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

/** `args[0][3].socket` → `items[20].socket`, `result.results[3]` → `results[20]`. */
function pathOfItem(path: string, first: number): string {
  return path.replace(
    /^(?:args\[0\]|result\.(results))\[(\d+)\]/,
    (_, result: string | undefined, index: string) => `${result ?? 'items'}[${first + Number(index)}]`,
  );
}

function again<E extends Error>(from: Error, to: E): E {
  if (from.stack !== undefined) to.stack = from.stack.replace(from.message, () => to.message);
  if (from.cause !== undefined) to.cause = from.cause;
  return to;
}
