/**
 * The account of each function: what its calls took on threads, which this thread was spared, and what they took here, to be sent.
 *
 * Only what happens on every call is clocked, once a call or once a message. Two things cannot be: how long a result takes to be read here
 * (taken to be as long as it took the thread to write it), and the turn of the event loop that brings it (`SETTLING`).
 */
import type { Call } from '../../transport/calls/call.js';
import { labelOf } from '../../transport/functions/label.js';
import type { FunctionDescription } from '../../transport/protocol.js';
import type { FunctionLedger } from './stats.js';

/** Functions accounted for one by one; beyond, the older ones are summed by name, and beyond as many names, in one row. */
const MOST = 1_000;

/** Rows in `stats()`: a page, not a dump. */
const ROWS = 100;

/** Fewer calls than this say nothing: code is cold, and a module may have to be read. */
const ENOUGH_CALLS = 20;

/** What reading an outcome and settling its promise takes, ms. Measured in a flood of short calls: 0.7 to 1.1 µs. */
const SETTLING = 0.001;

interface Account {
  readonly name: string;
  calls: number;
  saved: number;
  spent: number;
  /** Of the first call: whatever was read and found then is known afterwards. */
  first: number;
}

export class Ledger {
  readonly #functions = new Map<number, Account>();
  readonly #names = new Map<string, Account>();

  /** A call has ended: it ran for so long on a thread, and took so long here. Cost: 30 ns. */
  record(call: Call, ran: number, spent: number): void {
    let account = this.#functions.get(call.site);
    if (account === undefined) {
      if (this.#functions.size >= MOST) this.#sumUp();
      account = { name: nameOf(call), calls: 0, saved: 0, spent: 0, first: spent };
      this.#functions.set(call.site, account);
    }
    account.calls++;
    account.saved += ran;
    account.spent += spent + SETTLING;
  }

  /** A row a name, the greatest loss first. */
  rows(): FunctionLedger[] {
    const sums = new Map<string, Account>();
    for (const account of [...this.#names.values(), ...this.#functions.values()]) add(sums, account.name, account);
    const rows = Array.from(sums.values(), rowOf);
    const most = rows.sort((a, b) => b.saved + b.spent - (a.saved + a.spent)).slice(0, ROWS);
    return most.sort((a, b) => a.net - b.net);
  }

  #sumUp(): void {
    for (const account of this.#functions.values()) {
      add(this.#names, this.#names.has(account.name) || this.#names.size < MOST ? account.name : OTHERS, account);
    }
    this.#functions.clear();
  }
}

const OTHERS = '(others)';

function add(sums: Map<string, Account>, name: string, { calls, saved, spent, first }: Account): void {
  const sum = sums.get(name) ?? { name, calls: 0, saved: 0, spent: 0, first: 0 };
  sum.calls += calls;
  sum.saved += saved;
  sum.spent += spent;
  sum.first += first;
  sums.set(name, sum);
}

function rowOf({ name, calls, saved, spent, first }: Account): FunctionLedger {
  const row = { name, calls, saved, spent, net: saved - spent };
  if (name === OTHERS || calls < ENOUGH_CALLS || spent - first <= saved) return row;
  const advice = `Stop offloading ${name}: ${calls} calls took ${saved.toPrecision(2)} ms on threads, and ${spent.toPrecision(2)} ms here to send`;
  return { ...row, advice };
}

/** Its name, or its place. */
function nameOf({ fn, encoded, site }: Call): string {
  const name = labelOf(fn);
  if (name !== '') return name;
  const place = encoded.descriptions.find(({ id }) => id === site)?.description;
  return place === undefined ? '(anonymous)' : placeOf(place);
}

function placeOf(description: FunctionDescription): string {
  return description.way === 'value' ? `(anonymous) ${description.file.replace(/^.*[/\\]/, '')}:${description.line + 1}` : '(anonymous)';
}
