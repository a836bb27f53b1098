/**
 * Builtins whose insides nobody can copy, but that show all that it takes to make the like: a TextDecoder, an Intl.NumberFormat, a File, a Temporal.PlainDate.
 */
import { isDeepStrictEqual } from 'node:util';

/** What makes the like of an object on the other side; undefined for all others. `args` are plain data and Blobs. */
export function remadeBy(value: object): { readonly type: string; readonly args: readonly unknown[] } | undefined {
  const type = typeFor(Object.getPrototypeOf(value) as object | null);
  if (type === undefined) return undefined;
  try {
    return { type, args: (ARGUMENTS[type] as (of: never) => unknown[])(value as never) };
  } catch {
    return undefined; // it has the prototype only, or does not show all
  }
}

/** Whether instances with this prototype may be of the kind: not all are. */
export function isOfRemade(prototype: object): boolean {
  return typeFor(prototype) !== undefined;
}

function typeFor(prototype: { readonly constructor?: { readonly name?: unknown } } | null): string | undefined {
  const name = prototype?.constructor?.name;
  // By the name first: the mere sight of some of these globals makes Node load what is behind them.
  const type = typeof name === 'string' && typeof Intl === 'object' && Object.hasOwn(Intl, name) ? `Intl.${name}` : `${name}`;
  return [type, `Temporal.${type}`].find((each) => Object.hasOwn(ARGUMENTS, each) && typeOf(each)?.prototype === prototype);
}

/** The other way. */
export function remake(type: string, args: readonly unknown[]): object {
  if (type === 'FormData') return formOf(args as unknown as readonly Field[]);
  const Type = typeOf(type) as Maker & { from(words: unknown): object };
  return type.startsWith('Temporal.') && type !== 'Temporal.Duration' ? Type.from(args[0]) : new Type(...args);
}

type Maker = new (...args: readonly unknown[]) => object;

function typeOf(type: string): Maker | undefined {
  const [name = '', home] = type.split('.').reverse();
  // Node has Temporal from 26 on.
  const holder: unknown = home === undefined ? globalThis : Reflect.get(globalThis, home);
  return typeof holder === 'object' && holder !== null ? (Reflect.get(holder, name) as Maker | undefined) : undefined;
}

/** A field of a form, or a file in it. */
type Field = readonly [name: string, value: string] | readonly [name: string, parts: Blob[], file: string, how: FileOptions];

type FileOptions = ConstructorParameters<typeof File>[2];

function formOf(fields: readonly Field[]): FormData {
  const form = new FormData();
  for (const [name, value, file, how] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new File(value, file as string, how));
  }
  return form;
}

function fieldOf([name, value]: [string, string | File]): Field {
  return typeof value === 'string' ? [name, value] : [name, ...partsOf(value)];
}

/** In parts, since a File arrives as a Blob without its name in Node 20. */
function partsOf(file: File): [parts: Blob[], name: string, how: FileOptions] {
  const { size, type, name, lastModified } = file;
  return [[Blob.prototype.slice.call(file, 0, size, type)], name, { type, lastModified }];
}

interface Resolving {
  resolvedOptions(): { locale?: string; hour12?: unknown };
}

/** An Intl object's own words for what it does, where they say all: V8's do not for some mixtures of options. */
function resolved(of: Resolving): unknown[] {
  let args = said.get(of);
  if (args === undefined) {
    // `hour12` would overrule `hourCycle`, which says more.
    const { locale, hour12, ...options } = of.resolvedOptions();
    args = [locale, options];
    const like = new (of.constructor as Maker)(...args) as Resolving;
    if (!isDeepStrictEqual(shown(like), shown(of))) throw new TypeError('Its options do not lead back to it');
    said.set(of, args);
  }
  return args;
}

/** They never change. */
const said = new WeakMap<object, unknown[]>();

function shown(of: Resolving): unknown {
  const { format } = of as { format?: (value: number) => unknown };
  const isOfNumbers = of instanceof Intl.NumberFormat || of instanceof Intl.DateTimeFormat;
  return [of.resolvedOptions(), isOfNumbers ? PROBES.map((value) => format?.(value)) : undefined];
}

/** As numbers, of all sizes; as times, in the morning and in the evening, of several days, months, years and eras. */
const PROBES = [0, 1.5, -1234.5678, 98_765_432.1, 0.000123, 1_700_000_000_123, -1e14];

/** What Temporal says of itself names all that it is: calendar, time zone and offset included. */
function inWords(moment: { toString(): string }): unknown[] {
  return [moment.toString()];
}

/** In the order of its constructor's parameters. In words, 99,999 milliseconds would be 99 seconds and some. */
const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds', 'nanoseconds'];

/** Each throws for what only has the prototype, or does not show all. */
const ARGUMENTS: Record<string, (of: never) => unknown[]> = {
  TextEncoder: (encoder: InstanceType<typeof TextEncoder>) => [...encoder.encode('')],
  TextDecoder: ({ encoding, fatal, ignoreBOM }: InstanceType<typeof TextDecoder>) => [encoding, { fatal, ignoreBOM }],
  Headers: (headers: Headers) => [[...headers]],
  FormData: (form: FormData) => [...form].map(fieldOf),
  File: partsOf,
  'Intl.Locale': (locale: Intl.Locale) => [locale.toString()],
  'Intl.Collator': resolved,
  'Intl.DateTimeFormat': resolved,
  'Intl.DisplayNames': resolved,
  'Intl.DurationFormat': resolved,
  'Intl.ListFormat': resolved,
  'Intl.NumberFormat': resolved,
  'Intl.PluralRules': resolved,
  'Intl.RelativeTimeFormat': resolved,
  'Intl.Segmenter': resolved,
  'Temporal.Duration': (duration: Record<string, number>) => UNITS.map((unit) => duration[unit]),
  'Temporal.Instant': inWords,
  'Temporal.PlainDate': inWords,
  'Temporal.PlainDateTime': inWords,
  'Temporal.PlainMonthDay': inWords,
  'Temporal.PlainTime': inWords,
  'Temporal.PlainYearMonth': inWords,
  'Temporal.ZonedDateTime': inWords,
};
