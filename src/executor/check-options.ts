/**
 * Checks options one by one; an error names the option, what it takes, and what came.
 */
import { inspect } from 'node:util';

type Check = (value: unknown) => boolean;

interface Rule {
  readonly takes: string;
  readonly isType: Check;
  readonly isInRange: Check;
  /** Undefined is refused, too: there is no default. */
  readonly isNeeded?: boolean;
}

export type Rules = Readonly<Record<string, Rule>>;

/** Throws TypeError or RangeError. An unknown name is an error too: it is a misspelled one. */
export function checkOptions(of: string, options: unknown, rules: Rules): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${of} takes an object of options: received ${shown(options)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw new TypeError(`${of} has no option ${name}: ${meant(name, Object.keys(rules))}`);
    if (value === undefined ? rule.isNeeded !== true : rule.isType(value) && rule.isInRange(value)) continue;
    const error = rule.isType(value) ? RangeError : TypeError;
    throw new error(`${of}: ${name} takes ${rule.takes}: received ${shown(value)}`);
  }
}

export function integer(from: number, and = ''): Rule {
  const infinite = and !== '';
  return {
    takes: `a whole number from ${from}${and}`,
    isType: isNumber,
    isInRange: (value) => (value as number) >= from && (Number.isSafeInteger(value) || (infinite && value === Number.POSITIVE_INFINITY)),
  };
}

export const milliseconds: Rule = {
  takes: 'milliseconds, 0 or more (Infinity: no limit)',
  isType: isNumber,
  isInRange: (value) => (value as number) >= 0,
};

export function mebibytes(from: number, to: number): Rule {
  const bounds = `${from > 0 ? `from ${from}` : 'above 0'}${to < Number.POSITIVE_INFINITY ? ` to ${to}` : ''}`;
  return {
    takes: `MiB, a number ${bounds} (with another, Node ends the whole process)`,
    isType: isNumber,
    isInRange: (value) => (value as number) > 0 && (value as number) >= from && (value as number) <= to,
  };
}

export const number: Rule = { takes: 'a number', isType: isNumber, isInRange: (value) => !Number.isNaN(value) };
export const positive: Rule = { takes: 'a number above 0', isType: isNumber, isInRange: (value) => (value as number) > 0 };
export const text: Rule = { takes: 'a string', isType: (value) => typeof value === 'string', isInRange: () => true };
export const fn: Rule = { takes: 'a function', isType: (value) => typeof value === 'function', isInRange: () => true };
export const object: Rule = { takes: 'an object', isType: (value) => typeof value === 'object' && value !== null, isInRange: () => true };
export const flag: Rule = { takes: 'true or false', isType: (value) => typeof value === 'boolean', isInRange: () => true };

export const signal: Rule = {
  takes: 'an AbortSignal',
  // Not `instanceof`: test runners with realms of their own hand over another realm's.
  isType: (value) =>
    typeof (value as AbortSignal | null)?.aborted === 'boolean' && typeof (value as AbortSignal).addEventListener === 'function',
  isInRange: () => true,
};

export function list(of: string, isItem: Check): Rule {
  return { takes: `an array of ${of}`, isType: Array.isArray, isInRange: (value) => (value as unknown[]).every(isItem) };
}

export function oneOf(...words: string[]): Rule {
  return {
    takes: words.map((word) => `'${word}'`).join(' or '),
    isType: (value) => typeof value === 'string',
    isInRange: (value) => words.includes(value as string),
  };
}

export function either(one: Rule, other: Rule): Rule {
  return {
    takes: `${one.takes}, or ${other.takes}`,
    isType: (value) => one.isType(value) || other.isType(value),
    isInRange: (value) => (one.isType(value) && one.isInRange(value)) || (other.isType(value) && other.isInRange(value)),
  };
}

/** Python's `max_threads`, or another case, is told apart from what there is not at all. */
function meant(name: string, names: readonly string[]): string {
  const near = names.find((each) => bare(each) === bare(name));
  return near === undefined ? `it takes ${names.join(', ')}` : `it is called ${near}`;
}

function bare(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function shown(value: unknown): string {
  return inspect(value, { depth: 0, maxStringLength: 40, breakLength: Number.POSITIVE_INFINITY });
}
