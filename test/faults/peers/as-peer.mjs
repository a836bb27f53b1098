/** Preloaded: in the main thread, whoever imports this library gets another pool in its clothes. In threads it stays itself. */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const executor = new URL('peer-executor.mjs', import.meta.url).href;
  const hooks = `export function resolve(specifier, context, next) {
    return specifier === 'run-in-executor' ? { url: ${JSON.stringify(executor)}, shortCircuit: true } : next(specifier, context);
  }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
