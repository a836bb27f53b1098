/**
 * Builtins that are made anew on the other side: they do there what they do here.
 */
import fc from 'fast-check';
import { runInExecutor } from 'run-in-executor';
import { describe, expect, test } from 'vitest';
import { type Arrived, boundary } from './crossing.js';

const { cross } = boundary();
const maybe = <T>(...values: T[]) => fc.constantFrom<(T | undefined)[]>(undefined, ...values);
const locale = fc.constantFrom('en', 'de', 'ja', 'ar-EG', 'hi', 'th-TH-u-nu-thai', 'en-u-hc-h23', 'fr-CA', 'zh-Hant');

/** Whatever options a locale takes; those that make no sense together are not made. */
function alike<T extends { resolvedOptions(): object }>(
  options: fc.Arbitrary<object>,
  make: (locale: string, options: never) => T,
  uses: (made: T) => unknown,
): void {
  let refused = 0;
  fc.assert(
    fc.property(locale, options, (where, how) => {
      let made: T;
      try {
        made = make(where, how as never);
      } catch {
        return;
      }
      let arrived: Arrived;
      try {
        arrived = cross(made);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_VALUE_NOT_SENDABLE' });
        refused++;
        return;
      }
      expect(Object.getPrototypeOf(arrived)).toBe(Object.getPrototypeOf(made));
      expect(arrived.resolvedOptions()).toEqual(made.resolvedOptions());
      expect(uses(arrived)).toEqual(uses(made));
    }),
    { numRuns: 300 },
  );
  // Mixtures of options that V8 itself does not tell in full: no user's.
  expect(refused).toBeLessThan(150);
}

describe('as it is here, whatever its options', () => {
  test('an Intl.NumberFormat', () => {
    const options = fc.record({
      style: maybe('percent', 'currency', 'unit'),
      currency: maybe('EUR', 'JPY'),
      currencyDisplay: maybe('code', 'name', 'narrowSymbol'),
      currencySign: maybe('accounting'),
      unit: maybe('liter', 'kilometer-per-hour'),
      unitDisplay: maybe('long', 'narrow'),
      notation: maybe('compact', 'scientific', 'engineering'),
      compactDisplay: maybe('long'),
      minimumIntegerDigits: maybe(1, 4),
      minimumFractionDigits: maybe(0, 2),
      maximumFractionDigits: maybe(2, 5),
      minimumSignificantDigits: maybe(1, 2),
      maximumSignificantDigits: maybe(2, 4),
      roundingPriority: maybe('morePrecision', 'lessPrecision'),
      roundingMode: maybe('ceil', 'halfEven'),
      roundingIncrement: maybe(5, 10),
      trailingZeroDisplay: maybe('stripIfInteger'),
      signDisplay: maybe('always', 'exceptZero'),
      useGrouping: maybe<boolean | string>(false, 'always', 'min2'),
    });
    alike(
      options,
      (where, how) => new Intl.NumberFormat(where, how),
      (made) => [0, -1, 1.005, 1234.5678, 98_765_432.1, 0.000123].map((n) => made.format(n)),
    );
  });

  test('an Intl.DateTimeFormat', () => {
    const width = maybe('numeric', '2-digit');
    const text = maybe('long', 'short', 'narrow');
    const parts = fc.record({
      weekday: text,
      era: text,
      year: width,
      month: maybe('numeric', '2-digit', 'long', 'short', 'narrow'),
      day: width,
      dayPeriod: text,
      hour: width,
      minute: width,
      second: width,
      fractionalSecondDigits: maybe(1, 3),
      timeZoneName: maybe('short', 'longOffset'),
      hour12: maybe(true, false),
      hourCycle: maybe('h11', 'h12', 'h23', 'h24'),
      timeZone: maybe('UTC', 'Asia/Kolkata', 'America/New_York'),
      calendar: maybe('buddhist', 'japanese'),
    });
    const styles = fc.record({
      dateStyle: maybe('full', 'long', 'medium', 'short'),
      timeStyle: maybe('full', 'long', 'medium', 'short'),
      hour12: maybe(true, false),
      timeZone: maybe('UTC', 'Asia/Kolkata'),
    });
    alike(
      fc.oneof(parts, styles),
      (where, how) => new Intl.DateTimeFormat(where, how),
      (made) => [0, 1e12, 1_700_000_000_123, Date.UTC(2024, 1, 29, 12, 5)].map((time) => made.format(time)),
    );
  });

  test.each<[string, fc.Arbitrary<object>, (where: string, how: never) => { resolvedOptions(): object }, (made: never) => unknown]>([
    [
      'Collator',
      fc.record({
        usage: maybe('search'),
        sensitivity: maybe('base', 'accent', 'case'),
        numeric: maybe(true),
        caseFirst: maybe('upper', 'lower'),
        ignorePunctuation: maybe(true),
        collation: maybe('phonebk', 'stroke'),
      }),
      (where, how) => new Intl.Collator(where, how),
      (made: Intl.Collator) => ['a10', 'A2', 'ä', 'z', 'a-2', 'ae'].sort(made.compare),
    ],
    [
      'PluralRules',
      fc.record({ type: maybe('ordinal'), minimumFractionDigits: maybe(1), maximumSignificantDigits: maybe(2) }),
      (where, how) => new Intl.PluralRules(where, how),
      (made: Intl.PluralRules) => [0, 1, 2, 3, 1.5, 21].map((n) => made.select(n)),
    ],
    [
      'ListFormat',
      fc.record({ type: maybe('disjunction', 'unit'), style: maybe('short', 'narrow') }),
      (where, how) => new Intl.ListFormat(where, how),
      (made: Intl.ListFormat) => made.format(['a', 'b', 'c']),
    ],
    [
      'RelativeTimeFormat',
      fc.record({ numeric: maybe('auto'), style: maybe('short', 'narrow') }),
      (where, how) => new Intl.RelativeTimeFormat(where, how),
      (made: Intl.RelativeTimeFormat) => [-1, 0, 1, 3].map((n) => made.format(n, 'day')),
    ],
    [
      'DisplayNames',
      fc.record({
        type: fc.constantFrom('region', 'language', 'currency'),
        style: maybe('short', 'narrow'),
        fallback: maybe('none'),
        languageDisplay: maybe('standard'),
      }),
      (where, how) => new Intl.DisplayNames(where, how),
      (made: Intl.DisplayNames) => ['US', 'QQ', 'EUR'].map((code) => attempt(() => made.of(code))),
    ],
    [
      'Segmenter',
      fc.record({ granularity: maybe('word', 'sentence') }),
      (where, how) => new Intl.Segmenter(where, how),
      (made: Intl.Segmenter) => [...made.segment('Is it? It is.')].map(({ segment }) => segment),
    ],
  ])('an Intl.%s', (_, options, make, uses) => alike(options, make, uses as never));

  test('an Intl.Locale', () => {
    const arrived = cross(new Intl.Locale('de-u-co-phonebk', { hourCycle: 'h12' }));
    expect([arrived instanceof Intl.Locale, String(arrived)]).toEqual([true, 'de-u-co-phonebk-hc-h12']);
  });

  test('Headers', () => {
    const value = fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'B-c', 'set-cookie', 'accept'), value)), (fields) => {
        const headers = new Headers(fields);
        const arrived = cross(headers);
        expect(arrived).toBeInstanceOf(Headers);
        expect([...arrived]).toEqual([...headers]);
        expect(arrived.getSetCookie()).toEqual(headers.getSetCookie());
      }),
    );
  });

  test('a TextDecoder', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('utf-8', 'utf-16le', 'latin1', 'shift_jis'),
        fc.boolean(),
        fc.boolean(),
        fc.uint8Array(),
        (encoding, fatal, ignoreBOM, bytes) => {
          const decoder = new TextDecoder(encoding, { fatal, ignoreBOM });
          expect(attempt(() => cross(decoder).decode(bytes))).toEqual(attempt(() => decoder.decode(bytes)));
        },
      ),
    );
  });
});

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as Error).name;
  }
}

const form = new FormData();
form.append('name', 'Ada');
form.append('name', 'Grace');
form.append('report', new File(['a,b\n'], 'report.csv', { type: 'text/csv', lastModified: 5 }));
const encoder = new TextEncoder();
const price = new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' });

describe('to a thread and back', () => {
  test('what a function captures', async () => {
    await expect(runInExecutor((n: number) => encoder.encode(price.format(n)).length, 5)).resolves.toBe(9);
  });

  test('a form, with its files', async () => {
    const seen = async (sent: FormData) => {
      const file = sent.get('report') as File;
      return [sent.getAll('name'), file.name, file.type, file.lastModified, await file.text()] as const;
    };
    const expected = [['Ada', 'Grace'], 'report.csv', 'text/csv', 5, 'a,b\n'];
    await expect(runInExecutor(seen, form)).resolves.toEqual(expected);
    const back = await runInExecutor((sent: FormData) => sent, form);
    expect(back).toBeInstanceOf(FormData);
    await expect(seen(back)).resolves.toEqual(expected);
  });

  test('a File keeps its name, its type and its date', async () => {
    const file = new File(['text'], 'a.txt', { type: 'text/plain', lastModified: 7 });
    const back = await runInExecutor((sent: File) => ({ sent, again: sent, name: sent.name }), file);
    expect(back).toMatchObject({ name: 'a.txt', sent: { name: 'a.txt', type: 'text/plain', lastModified: 7 } });
    expect(back.again).toBe(back.sent);
    expect(back.sent).toBeInstanceOf(File);
    await expect(back.sent.text()).resolves.toBe('text');
  });

  test('one that is made there', async () => {
    const made = await runInExecutor(() => ({ headers: new Headers({ a: 'b' }), plural: new Intl.PluralRules('en', { type: 'ordinal' }) }));
    expect([...made.headers]).toEqual([['a', 'b']]);
    expect(made.plural.select(2)).toBe('two');
  });
});
