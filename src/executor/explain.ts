import type { AnyFunction } from '../transport/any-function.js';
import { type Explanation, explain as explained } from '../transport/describe/explain.js';

/**
 * How `fn` would cross, what it captures and how large that is; why not, if it cannot. Changes and runs nothing
 * (but a captured getter whose text has a `throw`, as a call would).
 *
 * Of a bound function or a partial it explains the target, with what is bound as its captures.
 *
 * Cost: that of a call's preparation, and of serializing what is captured.
 *
 * @example
 * console.log(String(explain(render))); // render crosses by reference: file:///app/report.js#render
 */
export function explain(fn: AnyFunction): Explanation {
  return explained(fn);
}
