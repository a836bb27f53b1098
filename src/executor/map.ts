import type { Submit } from './submit.js';
import type { TaskOptions } from './task-options.js';

export interface MapOptions extends TaskOptions {
  /** Items a thread takes at a time; 'auto' (default) measures. */
  chunkSize?: number | 'auto' | undefined;
  /** false: yields each result as it comes. Default true. */
  ordered?: boolean | undefined;
  /** Items read ahead of the consumer, at most. */
  lookahead?: number | undefined;
  onProgress?: ((progress: { done: number; total?: number }) => void) | undefined;
}

/** Starts when it is first awaited or iterated; consumed once. */
export interface MapResult<R> extends PromiseLike<R[]>, AsyncIterable<R> {
  toArray(): Promise<R[]>;
  catch: Promise<R[]>['catch'];
  finally: Promise<R[]>['finally'];
}

export function map(
  submit: Submit,
  options: TaskOptions,
  fn: Function,
  items: Iterable<unknown> | AsyncIterable<unknown>,
  mapOptions: MapOptions = {},
): MapResult<unknown> {
  throw new Error('pending');
}
