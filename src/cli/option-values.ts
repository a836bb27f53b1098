/**
 * Readers of flags' values. Each refuses with what it takes and the nearest value that would do; the flag's name is put before it.
 */
import { InvalidArgumentError } from 'commander';

/** A whole number from `least` to `most`. */
export function wholeNumber(what: string, least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    throw new InvalidArgumentError(`It takes ${what}: a whole number, ${range}${nearestNumber(text, least, most)}`);
  };
}

/** `20ms`, `3O`, `2.5` and `-1` each have a number that was probably meant. */
function nearestNumber(text: string, least: number, most: number): string {
  const read = Number.parseFloat(text.replaceAll(/[oO]/g, '0'));
  if (Number.isNaN(read)) return '';
  return `; the nearest is ${Math.min(Math.max(Math.round(read), least), most)}`;
}
