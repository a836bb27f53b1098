/**
 * What `node:fs` returns as instances of classes that no name reaches (`Stats` since Node 22, `BigIntStats`), with state
 * under unique symbols (`Dirent`, since Node 26 `Stats` too). They are the results of the commonest blocking calls, and
 * pure data: so each side finds prototype and symbols on a sample of its own.
 */
import * as fs from 'node:fs';
import { dirname } from 'node:path';

/** The record's name, if the prototype is that of one. */
export function recordName(prototype: object | null): string | undefined {
  if (prototype === null) return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value?.name;
  return typeof name === 'string' && samplers.has(name) && recordPrototype(name) === prototype ? name : undefined;
}

export function isRecord(name: string): boolean {
  return samplers.has(name);
}

export function recordPrototype(name: string): object {
  return Object.getPrototypeOf(sampleOf(name)) as object;
}

/** This thread's own symbol of that description. */
export function recordSymbol(name: string, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(sampleOf(name)).find((symbol) => symbol.description === description);
}

const samples = new Map<string, object>();

function sampleOf(name: string): object {
  let sample = samples.get(name);
  if (sample === undefined) {
    sample = takeSample(name);
    samples.set(name, sample);
  }
  return sample;
}

/** Where the permission model forbids even that, the records are what structured clone makes of them. */
function takeSample(name: string): object {
  try {
    return samplers.get(name)?.() ?? {};
  } catch {
    return {};
  }
}

const samplers = new Map<string, () => object>([
  ['Stats', () => fs.statSync(process.execPath)],
  ['BigIntStats', () => fs.statSync(process.execPath, { bigint: true })],
  ['StatFs', () => fs.statfsSync(dirname(process.execPath))],
  ['Dirent', () => new (fs.Dirent as unknown as new (name: string, type: number, path: string) => object)('', 1, '')],
]);
