/** Words for instances of builtins whose state is not to be had. */
import type { AnyFunction } from '../any-function.js';

export function nativeState({ name }: AnyFunction, state = 'native state'): readonly [what: string, wayOut: string] {
  const wayOut = MET.has(name)
    ? 'read what the function needs of it first, and pass that'
    : 'open it inside the function, or in the initializer';
  return [`${articled(name)} holds ${state} of its own thread`, wayOut];
}

/** Nobody opens these: they come in, or are answered. */
const MET: ReadonlySet<string> = new Set([
  'IncomingMessage',
  'ServerResponse',
  'Http2ServerRequest',
  'Http2ServerResponse',
  'Request',
  'Response',
]);

function articled(name: string): string {
  return name === '' ? 'its class' : `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
}
