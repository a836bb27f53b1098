import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';
import { binaryPackage, nodeBinary, otherNodes } from '../nodes/node-binary.js';
import { loaderFor, runProgram } from '../setup/programs.js';

const folder = fileURLToPath(new URL('../fixtures/debugging/', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const c8 = fileURLToPath(new URL('../../node_modules/c8/bin/c8.js', import.meta.url));

/** What c8 says of one file: how often each line, function and branch ran. */
interface Counts {
  readonly s: Readonly<Record<string, number>>;
  readonly f: Readonly<Record<string, number>>;
  readonly fnMap: Readonly<Record<string, { readonly loc: { readonly start: { readonly line: number } } }>>;
}

describe('coverage counts functions that run by value as if they had been called here', () => {
  test.concurrent.each(['program.mjs', 'program.cjs', 'program.ts'])('%s', (program) => expectSame(process.execPath, program));

  const nodes = binaryPackage === undefined ? [] : otherNodes.filter((version) => !version.startsWith('20.'));
  if (nodes.length === 0) console.warn(`Other versions of Node are not tried: no package carries them for ${process.platform}`);
  test.concurrent.each(nodes)('program.mjs on Node %s', (version) => expectSame(nodeBinary(version), 'program.mjs'));
  test.concurrent.each(nodes)('program.ts on Node %s, types stripped by Node', (version) => expectSame(nodeBinary(version), 'program.ts'));
});

test("Node's own test runner counts them", async () => {
  const { stdout } = await runProgram(
    process.execPath,
    ['--test', '--experimental-test-coverage', 'covered.test.mjs'],
    folder,
    60_000,
    plainEnv(),
  );
  const [line = ''] = stdout.split('\n').filter((each) => each.includes('covered.mjs'));
  const never = lineOf('covered.mjs', '    return -1');
  expect(line).toMatch(new RegExp(`\\| ${never}(?:-${never + 1})?\\s*$`));
});

test('Vitest, which counts on its own threads, counts what an InlineExecutor runs as if it had been called', async () => {
  const [direct, inline] = [await countInVitest('direct'), await countInVitest('inline')];
  for (const file of ['subject', 'size'] as const) {
    expect(functionsOf(direct[file])).not.toEqual([]);
    expect(functionsOf(inline[file])).toEqual(functionsOf(direct[file]));
  }
  expect(linesOf(inline.size)).toEqual(linesOf(direct.size));
});

async function countInVitest(how: string): Promise<Record<'subject' | 'size', Counts>> {
  const reports = mkdtempSync(join(tmpdir(), 'run-in-executor-coverage-'));
  try {
    const options = ['--coverage.enabled', '--coverage.provider=v8', '--coverage.reporter=json', `--coverage.reportsDirectory=${reports}`];
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', join(folder, 'vitest'), ...options, 'covered.test.ts'];
    const outcome = await runProgram(process.execPath, args, root, 60_000, plainEnv({ HOW: how }));
    expect(outcome, outcome.stdout).toMatchObject({ exitCode: 0 });
    const files = JSON.parse(readFileSync(join(reports, 'coverage-final.json'), 'utf8')) as Record<string, Counts>;
    const of = (file: string): Counts => files[join(folder, 'vitest', file)] as Counts;
    return { subject: of('subject.ts'), size: of('size.ts') };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

async function expectSame(node: string, program: string): Promise<void> {
  const loader = node === process.execPath ? loaderFor(program) : [];
  const [direct, onThreads] = [await count(node, loader, program, 'direct'), await count(node, loader, program)];
  expect(linesOf(onThreads)).toEqual(linesOf(direct));
  const run = lineOf(program, 'const run');
  expect(functionsOf(onThreads)).toEqual(expect.arrayContaining(functionsOf(direct).filter((line) => line !== run)));
  expect(Object.values(linesOf(direct))).toContain(false);
}

async function count(node: string, loader: readonly string[], program: string, ...args: string[]): Promise<Counts> {
  const reports = mkdtempSync(join(tmpdir(), 'run-in-executor-coverage-'));
  try {
    const options = ['--temp-directory', join(reports, 'raw'), '--reports-dir', reports, '--reporter', 'json', '--include', program];
    const outcome = await runProgram(process.execPath, [c8, ...options, node, ...loader, program, ...args], folder, 60_000, plainEnv());
    expect(outcome).toMatchObject({ exitCode: 0, stdout: '' });
    const files = JSON.parse(readFileSync(join(reports, 'coverage-final.json'), 'utf8')) as Record<string, Counts>;
    return files[join(folder, program)] as Counts;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** What is called in place of the executor, for comparison. */
function lineOf(program: string, text: string): number {
  return (
    readFileSync(join(folder, program), 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(text)) + 1
  );
}

/** Which lines ran. (How often differs: a thread evaluates the function anew.) */
function linesOf({ s }: Counts): Record<string, boolean> {
  return Object.fromEntries(Object.entries(s).map(([line, times]) => [Number(line) + 1, times > 0]));
}

/** The lines of functions that ran. (Not their names: V8 has one only where the text beside a function gives it one.) */
function functionsOf({ f, fnMap }: Counts): number[] {
  const ran = Object.entries(f).flatMap(([index, times]) => (times > 0 ? [fnMap[index]?.loc.start.line ?? 0] : []));
  return [...new Set(ran)].sort((a, b) => a - b);
}
