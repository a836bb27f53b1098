import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';
import { binaryPackage, nodeBinary, otherNodes } from '../nodes/node-binary.js';
import { runProgram } from '../setup/programs.js';

const folder = fileURLToPath(new URL('../fixtures/debugging/', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = ['--import', 'tsx'];

describe('a debugger stops in the file, and at the line, where a function by value was written', () => {
  const nodes = binaryPackage === undefined ? [] : otherNodes;
  if (nodes.length === 0) console.warn(`Other versions of Node are not tried: no package carries them for ${process.platform}`);
  const programs = ['program.mjs', 'program.cjs', 'program.ts'];

  test.concurrent.each(programs)('%s', (program) => expectStops(process.execPath, program.endsWith('.ts') ? tsx : [], program));

  test.concurrent.each(nodes.flatMap((node) => programs.map((program) => [node, program] as const)))('Node %s: %s', (version, program) =>
    expectStops(nodeBinary(version), program.endsWith('.ts') && version.startsWith('20.') ? tsx : [], program),
  );

  test('a test that Vitest runs', async () => {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', `${folder}vitest`, '--inspect=127.0.0.1:0', '--no-file-parallelism'];
    const { stdout } = await runProgram(process.execPath, [...args, 'stops.test.ts'], root, 60_000, plainEnv());
    const [scale] = marked(`${folder}vitest/stops.test.ts`, ['stops']);
    expect(stdout).toContain(JSON.stringify({ functionName: 'scale', file: 'stops.test.ts', line: scale?.line }));
  });
});

/** By `debugger` and by a breakpoint. */
async function expectStops(node: string, loader: readonly string[], program: string): Promise<void> {
  const file = `${folder}${program}`;
  const { stdout } = await runProgram(node, [...loader, '--inspect=0', 'pauses.mjs', file], folder, 60_000, plainEnv());
  const stops = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { file: string }]));
  // Loaders that move lines set no breakpoint: that is the front end's to do, with the file's source map.
  for (const stop of marked(file, loader.length > 0 ? ['stops'] : ['stops', 'breakpoint'])) {
    expect(stops.map((each) => ({ ...each, file: each.file.replace('file://', '') }))).toContainEqual({ ...stop, file });
  }
}

/** Lines that end in `// stops: <function>`. */
function marked(file: string, marks: readonly string[]): { functionName: string; line: number }[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const [, mark = '', functionName = ''] = /\/\/ (\w+): (\w+)$/.exec(text) ?? [];
      return marks.includes(mark) ? [{ functionName, line: index + 1 }] : [];
    });
}
