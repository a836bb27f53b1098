// biome-ignore-all format: a table, one case a line
// Dates and times: immutable instances, plug-ins that change a shared prototype, parsers.

import * as chrono from 'chrono-node';
import { addDays, format, formatISO, parse, parseISO } from 'date-fns';
import { formatDistance } from 'date-fns/formatDistance';
import * as fpDates from 'date-fns/fp';
import { de } from 'date-fns/locale';
import { DateTime, Duration, Interval } from 'luxon';
import ms from 'ms';
import dayjs from './setup/dayjs.mjs';

const noon = new Date(Date.UTC(2024, 1, 29, 12));

export default [
  { name: 'date-fns: addDays', make: () => ({ fn: addDays, args: [noon, 30] }) },
  { name: 'date-fns: format with a locale argument (functions inside)', make: () => ({ fn: format, args: [noon, 'EEEE, d. MMMM yyyy', { locale: de }] }) },
  { name: 'date-fns: parse in a closure', make: () => ({ fn: (s) => formatISO(parse(s, 'dd.MM.yyyy', new Date(0)), { representation: 'date' }), args: ['24.12.2023'] }) },
  { name: 'date-fns: a locale captured', make: () => ({ fn: inLocale(de), args: [noon] }) },
  { name: 'date-fns: parseISO of a list', make: () => ({ fn: (list) => list.map(parseISO), args: [['2024-01-01T00:00:00Z']] }) },
  { name: 'date-fns/fp: a curried function, half applied', make: () => ({ fn: fpDates.addDays(5), args: [noon] }) },
  { name: 'date-fns/fp: format, half applied', make: () => ({ fn: fpDates.format('yyyy-MM-dd'), args: [noon] }) },
  { name: 'date-fns/formatDistance: from its subpath', make: () => ({ fn: formatDistance, args: [noon, new Date(0), { addSuffix: true }] }) },
  { name: 'dayjs: the callable, in a closure', make: () => ({ fn: (d) => dayjs(d).add(1, 'month').toISOString(), args: [noon] }) },
  { name: 'dayjs: with a plug-in, in the task', make: () => ({ fn: (d) => dayjs.utc(d).format('YYYY-MM-DD HH:mm'), args: [noon] }) },
  { name: 'dayjs: an instance argument', make: () => ({ fn: (d) => d.startOf('month').valueOf(), args: [dayjs(noon)] }) },
  { name: 'dayjs: an instance captured', make: () => ({ fn: since(dayjs(noon)), args: [new Date(0)] }) },
  { name: 'dayjs: a duration in the task', make: () => ({ fn: (n) => dayjs.duration(n).asMinutes(), args: [90_000] }) },
  { name: 'luxon: fromISO in the task', make: () => ({ fn: (s) => DateTime.fromISO(s, { zone: 'Europe/Berlin' }).plus({ hours: 3 }).toISO(), args: ['2024-03-31T00:30:00'] }) },
  { name: 'luxon: toFormat with a locale', make: () => ({ fn: (n) => DateTime.fromMillis(n, { zone: 'utc', locale: 'fr' }).toFormat('cccc d LLLL'), args: [noon.getTime()] }) },
  { name: 'luxon: an Interval in the task', make: () => ({ fn: (iso) => Interval.fromISO(iso).length('hours'), args: ['2024-01-01T00:00:00Z/2024-01-02T12:00:00Z'] }) },
  { name: 'luxon: a Duration argument', make: () => ({ fn: (d) => d.shiftTo('hours', 'minutes').toObject(), args: [Duration.fromMillis(5_400_000)] }) },
  { name: 'luxon: a DateTime captured', make: () => ({ fn: after(DateTime.fromMillis(noon.getTime(), { zone: 'utc' })), args: [2] }) },
  { name: 'chrono-node: parseDate', make: () => ({ fn: chrono.parseDate, args: ['12 May 2021 at 5pm UTC', noon] }) },
  { name: 'chrono-node: strict parser captured', make: () => ({ fn: finding(chrono.strict), args: ['on 2024-02-03 and 2024-02-05'] }) },
  { name: 'chrono-node: a custom refiner made here', make: () => ({ fn: finding(withoutYears()), args: ['5 May 2020'] }) },
  { name: 'ms: both directions', make: () => ({ fn: (list) => list.map((x) => ms(x)), args: [['2 days', '1h', 60_000]] }) },
  { name: 'ms: the function itself', make: () => ({ fn: ms, args: [3_600_000, { long: true }] }) },
];

function inLocale(locale) {
  return (date) => format(date, 'PPPP', { locale });
}

function since(start) {
  return (date) => start.diff(dayjs(date), 'day');
}

function after(start) {
  return (hours) => start.plus({ hours }).toISO();
}

function finding(parser) {
  return (text) => parser.parse(text, noon).map((r) => [r.index, r.text, r.start.get('month')]);
}

function withoutYears() {
  const custom = chrono.casual.clone();
  custom.refiners.push({ refine: (_context, results) => results.map((r) => { r.text = r.text.toUpperCase(); return r; }) });
  return custom;
}
