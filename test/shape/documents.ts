/**
 * The code blocks of README.md and docs/, and the marks on their fences:
 *
 *   ```js run         a program of its own, which must end by itself and exit with 0; `ts run` goes through tsx
 *   ```js run clock   one whose output says how times compare, which another program of the machine may belie once: it has a second try
 *   ```js file=x.mjs  a file that stands beside the page's programs
 *   ```text output    what the program above prints, all of it, and nothing else
 *   ```js from=a/b.js a part of that file of the repository, word for word
 *
 * A block without a mark is a fragment: it must parse.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesUnder, root } from './source.js';

export interface Block {
  /** `README.md:12` */
  readonly where: string;
  readonly language: string;
  readonly code: string;
}

export interface Page {
  readonly path: string;
  readonly files: readonly (Block & { readonly name: string })[];
  readonly programs: readonly (Block & { readonly comparesTimes: boolean; readonly output: string | undefined })[];
  readonly quotes: readonly (Block & { readonly from: string })[];
  readonly fragments: readonly Block[];
}

export function pages(): Page[] {
  const documents = [join(root, 'README.md'), ...filesUnder(join(root, 'docs')).filter((file) => !file.includes('/docs/api/'))];
  return documents
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => filesUnder(file))
    .map(readPage);
}

function readPage(file: string): Page {
  const path = relative(root, file);
  const page = {
    path,
    files: [] as Page['files'][number][],
    programs: [] as Page['programs'][number][],
    quotes: [] as Page['quotes'][number][],
    fragments: [] as Block[],
  };
  for (const { line, info, code } of fences(readFileSync(file, 'utf8'))) {
    const [language = '', ...marks] = info.split(/\s+/);
    const block = { where: `${path}:${line}`, language, code };
    const [name, from] = ['file=', 'from='].map((key) => marks.find((mark) => mark.startsWith(key))?.slice(key.length));
    const last = page.programs.at(-1);
    if (name !== undefined) page.files.push({ ...block, name });
    else if (from !== undefined) page.quotes.push({ ...block, from });
    else if (marks.includes('run')) page.programs.push({ ...block, comparesTimes: marks.includes('clock'), output: undefined });
    else if (marks.includes('output') && last !== undefined) page.programs[page.programs.length - 1] = { ...last, output: code };
    else if (/^[cm]?[jt]s$|^(java|type)script$/.test(language)) page.fragments.push(block);
  }
  return page;
}

function fences(text: string): { line: number; info: string; code: string }[] {
  return [...text.matchAll(/^( *)```([^\n`]+)\n(.*?)^ *```[ \t]*$/gms)].map(({ index, 1: indent = '', 2: info = '', 3: code = '' }) => ({
    line: text.slice(0, index).split('\n').length,
    info: info.trim(),
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}
