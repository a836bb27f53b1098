/**
 * What each call gets: JSON on the command line, a JSON file, or a module that makes it.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ArgumentsMaker } from '../../benchmark/index.js';
import { moduleAt } from '../function-at.js';
import { Refusal } from '../refusal.js';

interface Given {
  readonly args?: string;
  readonly argsFile?: string;
}

export async function argumentsFrom({ args, argsFile }: Given): Promise<unknown[] | ArgumentsMaker> {
  if (args !== undefined && argsFile !== undefined) throw new Refusal('--args and --args-file both give the arguments: give one of them');
  if (args !== undefined) return list(parsed(args, '--args'), '--args', args);
  if (argsFile === undefined) return [];
  if (argsFile.endsWith('.json')) return list(parsed(await textOf(argsFile), argsFile), argsFile);
  const given = (await moduleAt(argsFile)).default;
  if (typeof given !== 'function') return list(given, `the default export of ${argsFile}`);
  const first: unknown = await given(0);
  list(first, `what the default export of ${argsFile} returns`);
  return given as ArgumentsMaker;
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      `${where} takes a JSON array with the arguments, such as '["secret", 10]': ${(error as Error).message}${quoted(text)}`,
    );
  }
}

/** A word alone was meant as a string, mostly; and shells eat quotes. */
function quoted(text: string): string {
  return /^[\w ./-]+$/.test(text) ? `; the nearest is '${JSON.stringify([text])}'` : '';
}

function list(value: unknown, where: string, text?: string): unknown[] {
  if (Array.isArray(value)) return value;
  const nearest = text === undefined ? '' : `; the nearest is '[${text}]'`;
  throw new Refusal(`${where} takes a list of arguments, also of one: received ${value === null ? 'null' : typeof value}${nearest}`);
}

async function textOf(file: string): Promise<string> {
  return readFile(resolve(file), 'utf8').catch(() => {
    throw new Refusal(`there is no file ${file}, seen from ${process.cwd()}`);
  });
}
