/** The members that a class of this thread lacks, or has others of than that of the calling side, put onto its prototype once; settings likewise. */
import type { AnyFunction } from '../any-function.js';
import type { Rebuild, Rebuilt } from '../described.js';
import { printOfMember } from '../functions/fingerprint.js';
import { isObject } from '../is-object.js';
import type { MembersOfClass } from '../protocol.js';
import { decode } from '../values/decode.js';
import { MissingFunction } from './missing.js';

/** Does its work when a call first needs it: what it is made of has been loaded then. Fails with MissingFunction where there is nothing to put. */
export function loadMembers(
  id: number,
  { of, names, prints, payload, name, global }: MembersOfClass,
  rebuild: (id: number) => Rebuilt,
): Rebuild {
  let isComplete = false;
  return () => {
    if (!isComplete) {
      const holder: unknown = global === undefined ? rebuild(of).fn.prototype : Reflect.get(globalThis, global);
      const missing = isObject(holder) ? names.filter((member, i) => printOfMember(holder, member) !== prints[i]) : [];
      if (isObject(holder) && missing.length > 0) {
        if (payload === undefined) throw new MissingFunction(id, `${global ?? `${name}.prototype`}.${missing[0] ?? ''}`);
        install(holder, missing, Object.getPrototypeOf(decode(payload, { rebuild })) as object);
      }
      isComplete = true;
    }
    return nothing;
  };
}

function install(holder: object, missing: readonly string[], members: object): void {
  for (const name of missing) {
    const member = Object.getOwnPropertyDescriptor(members, name);
    if (member !== undefined && Object.getOwnPropertyDescriptor(holder, name)?.configurable !== false)
      Object.defineProperty(holder, name, member);
  }
}

const nothing: Rebuilt = { fn: undefined as unknown as AnyFunction, fill: () => undefined };
