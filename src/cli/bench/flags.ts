/**
 * Readers of this command's values.
 */
import { InvalidArgumentError } from 'commander';
import { wholeNumber } from '../option-values.js';

const MOST_THREADS = 1_024;

/** `1..8`, `1,2,4,8`, `1,2,4..6`. */
export function sizes(text: string): number[] {
  const parts = text.split(',').map((part) => /^\s*(\d+)\s*(?:(?:\.\.|-)\s*(\d+)\s*)?$/.exec(part));
  const found = parts.flatMap((part) => {
    if (part === null) return [Number.NaN];
    const [from, to] = [Number(part[1]), Number(part[2] ?? part[1])];
    return to < from || to > MOST_THREADS ? [Number.NaN] : Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  if (found.every((size) => size >= 1 && size <= MOST_THREADS)) return [...new Set(found)].sort((a, b) => a - b);
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => Math.min(Math.max(1, Number(digits)), MOST_THREADS)).sort((a, b) => a - b);
  const nearest = numbers.length === 0 ? '1..8' : numbers.length === 1 ? `1..${numbers[0]}` : `${numbers[0]}..${numbers.at(-1)}`;
  throw new InvalidArgumentError(
    `It takes sizes from 1 to ${MOST_THREADS}, as a range or a list: 1..8, or 1,2,4,8; the nearest is ${nearest}`,
  );
}

/** A whole number from 1. */
export function count(what: string): (text: string) => number {
  return wholeNumber(what, 1);
}

export function rate(text: string): number {
  return above0(text, 'calls a second', (value) => value);
}

/** Units are read where someone gives one. */
export function seconds(text: string): number {
  const [, digits, unit] = /^\s*([\d.]+)\s*(ms|s|m|min)?\s*$/.exec(text) ?? [];
  const factor = { ms: 0.001, s: 1, m: 60, min: 60 }[unit ?? 's'] ?? 1;
  return above0(digits ?? text, 'seconds', (value) => value * factor);
}

export function percent(text: string): number {
  const value = above0(text.trim().replace(/\s*%$/, ''), 'percent', (number) => number);
  if (value < 100) return value;
  throw new InvalidArgumentError('It takes percent, above 0 and below 100; the nearest is 99');
}

export interface Threshold {
  /** Calls a second, or a share of the earlier result. */
  readonly kind: 'throughput' | 'share';
  readonly value: number;
}

/** `500`, `90%`. */
export function threshold(text: string): Threshold {
  const [, digits, percent] = /^\s*([\d.,_]+)\s*(%?)\s*$/.exec(text) ?? [];
  const value = Number((digits ?? '').replaceAll(/[,_]/g, ''));
  if (digits !== undefined && Number.isFinite(value) && value > 0) {
    return percent === '%' ? { kind: 'share', value: value / 100 } : { kind: 'throughput', value };
  }
  throw new InvalidArgumentError('It takes calls a second, or with --compare a percentage of the earlier ones: 500, or 90%');
}

function above0(text: string, what: string, read: (value: number) => number): number {
  const value = read(Number(text));
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  const meant = Math.abs(Number.parseFloat(text));
  throw new InvalidArgumentError(`It takes ${what}, above 0${meant > 0 ? `; the nearest is ${meant}` : ''}`);
}
