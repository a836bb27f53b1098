/**
 * A function of an integration that goes into threads: they find it where the built package has it.
 */
import type { AnyFunction } from '../transport/any-function.js';
import { ownFunction } from '../transport/functions/own.js';

/** `entry` exports `fn` as `name`: `src/integrations/opentelemetry.js`. */
export function ownExport(fn: AnyFunction, name: string, entry: string): void {
  ownFunction(fn, name, entry);
}
