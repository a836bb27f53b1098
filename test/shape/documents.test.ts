import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loaderFor, runProgram } from '../setup/programs.js';
import { pages } from './documents.js';
import { root } from './source.js';

describe.each(pages())('$path', (page) => {
  let folder: string;
  beforeAll(() => {
    folder = someoneElsesFolder();
    for (const { name, code } of page.files) writeFileSync(join(folder, name), code);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const { where, language, code, comparesTimes, output } of page.programs) {
    test(`${where} runs, and prints what the page says`, { retry: comparesTimes ? 1 : 0, timeout: 0 }, async () => {
      const program = `block-${where.replace(/\D+/g, '')}.${language === 'cjs' || language.endsWith('ts') ? language : 'mjs'}`;
      writeFileSync(join(folder, program), code);
      const { exitCode, stdout, stderr } = await runProgram(process.execPath, [...loaderFor(program), program], folder);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      if (output !== undefined) expect(stdout).toBe(output);
    });
  }

  test.each(page.quotes)('$where stands in $from', ({ from, code }) => {
    // Each paragraph: what the page leaves out, it may leave out between them.
    const paragraphs = code.split(/\n{2,}/).map((paragraph) => paragraph.trimEnd());
    const text = readFileSync(join(root, from), 'utf8');
    expect(paragraphs.filter((paragraph) => !text.includes(paragraph))).toEqual([]);
  });

  test('its other code blocks parse', () => {
    const broken = page.fragments.flatMap(({ where, code }) => {
      // As a module, whether it imports or not: `await` is a keyword there.
      const { diagnostics } = ts.transpileModule(`${code}\nexport {};`, {
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ESNext },
      });
      return (diagnostics ?? []).map(({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    });
    expect(broken).toEqual([]);
  });
});

/** An empty folder that has the package, and the packages that the pages speak of, in its node_modules. */
function someoneElsesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-page-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'run-in-executor'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}
