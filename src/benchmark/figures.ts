/**
 * Numbers for people: three digits, and a unit that fits.
 */

/** `8.4 ms`, `35 µs`, `1.2 s` */
export function ms(value: number): string {
  if (value >= 1_000) return `${digits(value / 1_000)} s`;
  return value >= 0.1 || value === 0 ? `${digits(value)} ms` : `${digits(value * 1_000)} µs`;
}

/** `1,240`, `12.4` */
export function count(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : digits(value);
}

/** `1.9 ×` */
export function times(value: number): string {
  return `${digits(value)} ×`;
}

/** `93 %` */
export function share(value: number): string {
  return `${Math.round(100 * value)} %`;
}

/** `512 bytes`, `53.8 KiB`, `5.2 MiB` */
export function bytes(value: number): string {
  if (value < 2 ** 10) return counted(Math.round(value), 'byte');
  if (value < 2 ** 20) return `${digits(value / 2 ** 10)} KiB`;
  return value < 2 ** 30 ? `${digits(value / 2 ** 20)} MiB` : `${digits(value / 2 ** 30)} GiB`;
}

/** `1 thread`, `1,200 tasks` */
export function counted(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}

/** Two digits after the point below 10, one below 100. */
function digits(value: number): string {
  if (value >= 100) return Math.round(value).toString();
  return value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, '') || '0';
}
