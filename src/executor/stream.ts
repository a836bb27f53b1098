import type { AnyFunction } from '../transport/any-function.js';
import type { MapHost } from './map-run.js';
import type { TaskOptions } from './task-options.js';

export function stream(_host: MapHost, _options: TaskOptions, _fn: AnyFunction, _args: readonly unknown[]): AsyncIterableIterator<unknown> {
  throw new Error('pending');
}
