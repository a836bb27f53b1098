/**
 * Whether Node takes a file for an ES module: by its name, by its package, by its syntax, in this order.
 */
import { readFileSync } from 'node:fs';
import { packageOf } from './resolve-import.js';

export function isModuleFile(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (!/\.[jt]sx?$/.test(file)) return false;
  const type = packageOf(file)?.manifest.type;
  return type === undefined ? looksLikeModule(file) : type === 'module';
}

function looksLikeModule(file: string): boolean {
  try {
    return /^\s*(?:import|export)\b(?!\s*\()/m.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
