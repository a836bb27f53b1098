/**
 * The reason for a refusal that came from structured clone itself: the fast path checks nothing twice, so it may be wrong about a very odd value.
 */
import { ExecutorError, ValueNotSendableError } from '../../errors.js';
import { pathOf, type Step } from './trail.js';

/** Finds the offender after the fact, by asking structured clone about the parts. */
export function explainCloneFailure(payload: unknown, rootPath: string, cause?: unknown): Error {
  if (cause instanceof ExecutorError) return cause;
  const { trail, reason } = offenderIn(payload, cause);
  const path = pathOf(rootPath, trail);
  return new ValueNotSendableError(`Cannot send ${path} across threads: ${reason}; leave it out, or send plain data instead`, { path, cause });
}

function offenderIn(payload: unknown, cause: unknown): { trail: Step[]; reason: string } {
  const trail: Step[] = [];
  let reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : 'structured clone refuses it';
  let value = payload;
  const seen = new Set<unknown>();
  while (typeof value === 'object' && value !== null && !seen.has(value)) {
    seen.add(value);
    const child = refusedChild(value);
    if (child === undefined) break;
    trail.push(child.key);
    reason = child.reason;
    value = child.value;
  }
  return { trail, reason };
}

function refusedChild(object: object): { key: Step; value: unknown; reason: string } | undefined {
  for (const key of Object.keys(object)) {
    let value: unknown;
    try {
      value = Reflect.get(object, key);
      if ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'symbol') structuredClone(value);
    } catch (error) {
      return { key, value, reason: error instanceof Error ? error.message.replace(/\.$/, '') : 'reading it throws' };
    }
  }
  return undefined;
}
