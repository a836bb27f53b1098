import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { emptyNames, isIn, longestFile, medianFile, rooms, secrets } from './house.js';
import { cycles, functionSourceReaders } from './rules.js';
import { root, sourceFiles } from './source.js';

const library = sourceFiles('src', 'workers');
const everything = [...library, ...sourceFiles('bench', 'examples')];

describe('every room', () => {
  test('is in the table of the house', () => {
    expect(everything.filter((file) => file.room === undefined).map((file) => file.path)).toEqual([]);
  });

  for (const { path, from } of rooms) {
    test(`${path} imports from ${from.join(', ') || 'no other room'} only`, () => {
      const isOpenTo = (file: string) => [path, ...from].some((room) => isIn(file, room));
      const strays = everything
        .filter((file) => file.room?.path === path)
        .flatMap((file) => file.imports.map((imported) => ({ from: file.path, to: imported.file })))
        .filter(({ to }) => to !== undefined && !isOpenTo(to))
        .map(arrow);
      expect(strays).toEqual([]);
    });
  }

  test('that is not the library itself goes through the public entry', () => {
    const inside = sourceFiles('bench', 'examples').flatMap((file) =>
      file.imports.map(({ specifier }) => ({ from: file.path, to: specifier })),
    );
    const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { exports: object };
    const entries = Object.keys(exports).map((entry) => entry.replace('.', 'run-in-executor'));
    expect(inside.filter(({ to }) => /^run-in-executor\/|\bdist\/|\bsrc\//.test(to) && !entries.includes(to)).map(arrow)).toEqual([]);
  });
});

describe('no room but', () => {
  for (const { what, in: knowing } of secrets) {
    test(`${knowing.join(' and ')} imports ${what}`, () => {
      const others = library.filter((file) => !knowing.some((room) => isIn(file.path, room)));
      const strays = others.filter((file) => file.imports.some(({ specifier }) => specifier === what || specifier.startsWith(`${what}/`)));
      expect(strays.map((file) => file.path)).toEqual([]);
    });
  }

  // Nobody waits for anything here, so that there is nothing to be limited: it took minutes on a machine that stopped it.
  test('src/transport reads the source text of functions', { timeout: 0 }, () => {
    const readers = functionSourceReaders(library.filter((file) => !isIn(file.path, 'src/transport')));
    expect(readers).toEqual([]);
  });
});

describe('every file', () => {
  test('imports without going round in circles, types included', () => {
    expect(cycles(everything)).toEqual([]);
  });

  test(`is at most ${longestFile} lines long, half of them under ${medianFile}`, () => {
    const lengths = library.map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 })).sort((a, b) => a.lines - b.lines);
    expect(lengths.filter(({ lines }) => lines > longestFile)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines ?? 0).toBeLessThan(medianFile);
  });

  test('has a name that says what is in it', () => {
    const empty = new RegExp(`(^|/)(${emptyNames.join('|')})(/|\\.[^/]*$)`);
    expect(everything.map((file) => file.path).filter((path) => empty.test(path))).toEqual([]);
  });

  test('under workers/ or src/ is written in TypeScript', () => {
    expect(library.map((file) => file.path).filter((path) => !/\.c?ts$/.test(path))).toEqual([]);
  });
});

test('the contents page holds exports only', () => {
  const [index] = sourceFiles('src/index.ts');
  const parsed = ts.createSourceFile('index.ts', index?.text ?? '', ts.ScriptTarget.Latest);
  expect(
    parsed.statements.filter((statement) => !ts.isExportDeclaration(statement)).map((statement) => ts.SyntaxKind[statement.kind]),
  ).toEqual([]);
});

function arrow({ from, to }: { from: string; to: string | undefined }): string {
  return `${from} → ${to}`;
}
