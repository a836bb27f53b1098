/**
 * A function by value: its text, and the variables that it uses and does not define.
 *
 *   look at it (V8) ─▶ site (text, free variables: once a place) ─▶ plan (recipe: once a site) ─▶ captures (each call)
 */

import { readFileSync } from 'node:fs';
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { type Capture, type Described, Unsendable } from '../described.js';
import { callSites } from '../functions/call-site.js';
import { isGenerated, isNative, sourceOf } from '../functions/fingerprint.js';
import { alsoNumbers, nextId } from '../functions/ids.js';
import { labelOf } from '../functions/label.js';
import { lookAt, scopesOf } from '../inspect/look.js';
import { proxyParts } from '../inspect/proxy.js';
import { scriptOf } from '../inspect/scripts.js';
import { inspectorAvailable } from '../inspect/session.js';
import { refusePrivate } from '../syntax/words.js';
import { watchTime } from './budget.js';
import { captureReader } from './captures.js';
import { Environment } from './environment.js';
import { homeOf } from './home-class.js';
import { stopsFor } from './outer.js';
import { type Plan, planFor } from './plan.js';
import { type Site, siteOf } from './site.js';
import { declaredAround } from './steady.js';

/**
 * Throws `Unsendable`. Cost: some ms at a file's first function, 0.1 ms for another closure of a known place.
 * The first captures are those of this moment: whoever calls this reads them at once.
 */
export function describeByValue(fn: AnyFunction): Described {
  if (types.isProxy(fn)) return describeProxy(fn);
  if (isNative(fn)) throw unreachable(fn);
  watchTime();
  const text = sourceOf(fn);
  if (!inspectorAvailable()) return describeBlindly(fn, text);
  const look = lookAt(fn);
  const place = isGenerated(text) ? undefined : look.place;
  const around = (): Environment => new Environment(scopesOf(fn), place && scriptOf(place.scriptId).url);
  const environment = new Environment(look.scopes(), place && scriptOf(place.scriptId).url);
  const site = siteOf(text, place);
  const home = site.uses.outerPrivate.length > 0 ? homeOf(fn, site, environment) : undefined;
  return described(fn, { site, plan: planFor(site, fn, environment), home }, environment, around);
}

/** Explained as a bound function is: by what it stands for, and what goes along. */
function describeProxy(fn: AnyFunction): Described {
  const proxy = proxyParts(fn);
  if (proxy === undefined) throw new Unsendable('a proxy, whose traps nobody can read', 'send the function that it stands for');
  const captures = (): readonly Capture[] => [
    { name: 'target', value: proxy.target },
    { name: 'this', value: undefined },
    { name: 'handler', value: proxy.handler },
  ];
  return { id: nextId(), description: { way: 'bound', name: '' }, captures, proxy };
}

function unreachable(fn: AnyFunction): Unsendable {
  if (!inspectorAvailable() && labelOf(fn).startsWith('bound '))
    return new Unsendable(
      'a bound function, where this process has no inspector to read it with',
      'bind its arguments with partial(), and its object by a call in a function of your own',
    );
  return new Unsendable('a native function that no name reaches', 'wrap it in a function of your own that gets at it by import');
}

interface Known {
  readonly plan: Plan;
  readonly site: Site;
  readonly home?: AnyFunction | undefined;
}

function described(fn: AnyFunction, { plan, site, home }: Known, first: Environment, around: () => Environment): Described {
  const { id, recipe, readers, passing } = plan;
  alsoNumbers(id, fn, readers.length === 0);
  // The plan's number ends with the plan, and that of a class nobody else holds.
  plans.set(fn, plan);
  if (readers.length === 0 && home === undefined) return { id, description: recipe, keeps: fn };
  const captures = captureReader(fn, plan, site, first, around);
  const stops = stopsFor(
    fn,
    readers.flatMap(({ asks }) => asks ?? []),
  );
  const whole: Described =
    home === undefined ? { id, description: recipe, captures, stops } : { id, description: recipe, captures, stops, home };
  return passing ? { ...whole, passing } : whole;
}

/** Without an inspector: functions that use nothing but globals. */
function describeBlindly(fn: AnyFunction, text: string): Described {
  const site = siteOf(text, undefined);
  refusePrivate(site.uses);
  const shadowed = isGenerated(text) ? new Set() : namesOfCallers(text, site.uses.free);
  const missing = [...site.uses.free.filter((name) => !(name in globalThis) || shadowed.has(name)), ...site.words.variables.keys()];
  if (missing.length > 0) {
    throw new Unsendable(
      `a function that uses \`${missing[0] ?? ''}\` from around it, where this process has no inspector to read it with`,
      'pass it as an argument, or export the function from a module',
    );
  }
  const nothing = new Environment([]);
  return described(fn, { site, plan: planFor(site, fn, nothing) }, nothing, () => nothing);
}

/** Those that a file on the stack declares around the function: `crypto` may be an import, and not the global. */
function namesOfCallers(fnText: string, names: readonly string[]): ReadonlySet<unknown> {
  for (const { file } of callSites()) {
    try {
      const text = readFileSync(file, 'utf8');
      const offset = text.indexOf(fnText);
      if (offset !== -1) return declaredAround(text, offset, names);
    } catch {
      // Gone, or not to be read.
    }
  }
  return new Set();
}

const plans = new WeakMap<AnyFunction, Plan>();
