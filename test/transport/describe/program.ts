/**
 * Runs a program of `test/fixtures/modules` in a process of its own: what a function is called by depends on who loaded it, and
 * here that must be Node, as in users' programs, not a test runner.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Crossed {
  readonly way?: 'name' | 'reference' | 'value' | 'bound';
  /** `require legacy.cjs upper`, `node:zlib gzipSync`. */
  readonly place?: string;
  readonly result?: unknown;
  readonly missing?: true;
  /** What became of it after a thread had not found it. */
  readonly afterwards?: Crossed;
  readonly refused?: string;
}

export interface Program {
  readonly crossed: Readonly<Record<string, Crossed>>;
  /** What the program printed besides. */
  readonly printed: readonly string[];
}

/** `program`: its name there, or a path. */
export function run(program: string, { flags = [], args = [] }: { flags?: readonly string[]; args?: readonly string[] } = {}): Program {
  const file = fileURLToPath(new URL(program, new URL('../../fixtures/modules/programs/', import.meta.url)));
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, file, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, VITEST: undefined },
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  const lines = stdout.trim().split('\n');
  return {
    crossed: JSON.parse(lines.at(-1) ?? '{}') as Record<string, Crossed>,
    printed: [...lines.slice(0, -1), ...stderr.split('\n').filter((line) => line !== '')],
  };
}
