/**
 * A call that crosses from this thread to itself: copied and checked on the way there and back, its functions made again, as in any other.
 */

import type { AnyFunction } from '../any-function.js';
import { objectOf } from '../closures/stand-ins.js';
import { within } from '../context/within.js';
import { liveStore } from '../context-store.js';
import { describe } from '../describe/describe.js';
import type { Described, Rebuild, Rebuilt, Ways } from '../described.js';
import { callListener } from '../functions/callback.js';
import { functionOf } from '../functions/ids.js';
import { structuredClone } from '../own/own-globals.js';
import type { Packed } from '../packed.js';
import { BOUND, rebuildBound } from '../rebuild/bound.js';
import { rebuildEach } from '../rebuild/each.js';
import { homecoming } from '../rebuild/homecoming.js';
import { loadRecipe } from '../rebuild/recipe.js';
import { resolveStandIn } from '../rebuild/recipe-supplies.js';
import { decode } from '../values/decode.js';
import { encode } from '../values/encode.js';
import type { Encoded } from '../values/encoded.js';
import { encodeError } from '../values/errors.js';
import { hold } from '../values/hold.js';
import { toThisRealm } from '../values/realm.js';
import { type Call, holdCall, payloadOf } from './call.js';
import { encodeFailure } from './failure.js';
import { deliveriesHome } from './outcome.js';
import { encodeResult, refuseLocal } from './result.js';

/** Resolves or rejects with a copy of what the function returns or throws. */
export async function callHere(call: Call): Promise<unknown> {
  holdCall(call);
  const crossing = new Crossing(call.ways);
  try {
    const [fn, args] = await crossing.arrive(call);
    let value: unknown;
    try {
      value = await Reflect.apply(fn, undefined, args);
    } catch (error) {
      throw crossing.errorBack(error);
    }
    return crossing.back(value);
  } finally {
    crossing.over = true;
  }
}

class Crossing {
  /** The call has ended: its callbacks are dropped. */
  over = false;
  readonly #ways: Ways;
  readonly #rebuilders = new Map<number, Rebuild>();
  /** What was made for this call, under the number that leads back to what it was made of. */
  readonly #made = new Map<AnyFunction, Described>();

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  async arrive(call: Call): Promise<readonly [AnyFunction, readonly unknown[]]> {
    const { encoded, stores } = call;
    for (const described of encoded.descriptions) this.#rebuilders.set(described.id, await this.#rebuilderOf(described));
    const rebuilt = encoded.fn === 0 ? undefined : this.#rebuild(encoded.fn);
    const value = this.#unpack({ ...encoded, payload: payloadOf(call) }, rebuilt?.rebuild);
    if (rebuilt !== undefined) return [rebuilt.fn, value as unknown[]];
    const [fn, args, found] = value as [AnyFunction, unknown[], unknown[]?];
    // A test runner's module may be another than the one of its file, and functions of both may run here.
    const live = stores?.flatMap(({ store }, i) => [liveStore(store), found?.[2 * i + 1]]);
    return [within(found && [...found, ...(live ?? [])], fn), args];
  }

  /** Throws ValueNotSendableError. */
  back(value: unknown): unknown {
    return this.#backFrom(this.#encodeBack(value), 'result');
  }

  #encodeBack(value: unknown): Encoded {
    const options = { describe: (fn: AnyFunction) => this.#describeBack(fn), rootPath: 'result' };
    return this.#ways === 'any' ? encodeResult(value, { ...options, descriptionOf: (fn) => this.#made.get(fn) }) : encode(value, options);
  }

  errorBack(error: unknown): unknown {
    const options = { describe: (fn: AnyFunction) => this.#describeBack(fn), descriptionOf: (fn: AnyFunction) => this.#made.get(fn) };
    return this.#backFrom(this.#ways === 'any' ? encodeFailure(error, options) : encodeError(error, options), 'error');
  }

  #unpack({ packed, payload, transfer }: Encoded, rebuild: Rebuilt['rebuild'] = (...each) => this.#rebuild(...each)): unknown {
    const copy: unknown = typeof payload === 'object' ? structuredClone(payload, { transfer: (transfer ?? []) as never }) : payload;
    return toThisRealm(packed ? decode(copy as Packed, { rebuild }) : copy);
  }

  #rebuild(id: number, self?: number, home?: AnyFunction): Rebuilt {
    const rebuilt = (this.#rebuilders.get(id) as Rebuild)(home);
    if (self !== undefined) this.#made.set(rebuilt.fn, { id: self, description: this.#made.get(rebuilt.fn)?.description ?? BOUND });
    return rebuilt;
  }

  /** What a thread would find by name or by reference is here already. */
  async #rebuilderOf(described: Described): Promise<Rebuild> {
    const { id, description } = described;
    switch (description.way) {
      case 'each': {
        const call = { ...description.call, payload: structuredClone(description.call.payload) };
        return rebuildEach({ ...description, call }, (...each) => this.#rebuild(...each));
      }
      case 'members':
        return () => ({ fn: undefined as unknown as AnyFunction, fill: () => undefined });
      case 'bound':
        return () => rebuildBound(description);
      case 'object': {
        const isLive = description.standIn.what === 'store' || description.standIn.what === 'own';
        const give = isLive ? () => objectOf(id) : await resolveStandIn(description.standIn);
        return () => ({ fn: give() as AnyFunction, fill: () => undefined });
      }
      case 'value': {
        const make = await loadRecipe(description);
        return (home) => {
          const rebuilt = make(home);
          this.#made.set(rebuilt.fn, described);
          return rebuilt;
        };
      }
    }
    const live = functionOf(id);
    if (live === undefined) throw new Error(`Function ${id} is gone. This is a bug in run-in-executor`);
    const fn = description.way === 'callback' ? this.#callbackTo(live, described) : live;
    return () => ({ fn, fill: () => undefined });
  }

  #callbackTo(live: AnyFunction, described: Described): AnyFunction {
    const fn = (...args: unknown[]): void => {
      if (this.over) return;
      const copies = this.#backFrom(encode(args, { describe: (each) => this.#describeBack(each), rootPath: 'args' }), 'args') as unknown[];
      callListener(live, copies);
    };
    this.#made.set(fn, described);
    return fn;
  }

  #backFrom(encoded: Encoded, rootPath: string): unknown {
    const { packed, payload, descriptions } = hold(encoded, rootPath);
    if (!packed) return toThisRealm(payload);
    const deliveries = deliveriesHome(descriptions) ?? [];
    const home = deliveries.length > 0 ? homecoming(deliveries, (id) => this.#original(id)) : undefined;
    return toThisRealm(decode(payload as Packed, { rebuild: home ?? ((id) => ({ fn: this.#original(id), fill: () => undefined })) }));
  }

  #describeBack(fn: AnyFunction): Described {
    const made = this.#made.get(fn);
    if (made !== undefined) return { id: made.id, description: made.description };
    const described = describe(fn, this.#ways);
    if (described.captures !== undefined || described.description.way === 'value') refuseLocal(fn, described);
    return described;
  }

  #original(id: number): AnyFunction {
    const made = [...this.#made].find(([, described]) => described.id === id)?.[0];
    const fn = functionOf(id) ?? made;
    if (fn === undefined) throw new Error(`Function ${id} of a result is gone. This is a bug in run-in-executor`);
    return fn;
  }
}
