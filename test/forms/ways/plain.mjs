// Files that Node runs as they are.
import { flavours } from '../programs.mjs';

export default [
  {
    name: 'mjs',
    title: '`node program.mjs`',
    prepare: (project) => {
      project.write('program.mjs', flavours.esm());
      project.circular('program.mjs');
    },
    args: ['program.mjs'],
  },
  {
    name: 'mjs-module',
    title: 'a module imported by `main.mjs`',
    prepare: (project) => {
      project.write('forms.mjs', flavours.module());
      project.write('main.mjs', flavours.moduleMain());
    },
    args: ['main.mjs'],
  },
  {
    name: 'cjs',
    title: '`node program.cjs`',
    prepare: (project) => project.write('program.cjs', flavours.commonjs()),
    args: ['program.cjs'],
  },
  {
    name: 'cjs-module',
    title: 'a module required by `main.cjs`',
    prepare: (project) => {
      project.write('forms.cjs', flavours.commonjsModule());
      project.write('main.cjs', flavours.commonjsMain());
    },
    args: ['main.cjs'],
  },
  {
    name: 'mjs-crlf',
    title: 'with `#!` and CRLF line ends',
    prepare: (project) => {
      project.write('program.mjs', `#!/usr/bin/env node\n${flavours.esm()}`.replaceAll('\n', '\r\n'));
      project.circular('program.mjs');
    },
    args: ['program.mjs'],
  },
  {
    name: 'cjs-bom',
    title: 'CommonJS with a byte order mark',
    prepare: (project) => project.write('program.cjs', `\uFEFF${flavours.commonjs()}`),
    args: ['program.cjs'],
  },
  {
    name: 'newest',
    title: 'the syntax of Node 24',
    from: 24,
    prepare: (project) => project.write('program.mjs', flavours.newest()),
    args: ['program.mjs'],
  },
  {
    name: 'pnpm',
    title: 'packages linked as pnpm does',
    prepare: (project) => {
      project.write('program.mjs', flavours.esm());
      project.circular('program.mjs');
      project.linkAsPnpm(['run-in-executor', 'forms-package', 'forms-common']);
    },
    args: ['program.mjs'],
  },
  {
    name: 'changed',
    title: 'the file was changed since it was loaded',
    prepare: (project) => {
      const overwrite = "(await import('node:fs')).writeFileSync(new URL(import.meta.url), '// another text\\n'.repeat(3000));\n";
      project.write('program.mjs', flavours.esm().replace(/^await report/m, `${overwrite}await report`));
      project.circular('program.mjs');
    },
    args: ['program.mjs'],
  },
  {
    name: 'deleted',
    title: 'the file was deleted since it was loaded',
    prepare: (project) => {
      const remove = "(await import('node:fs')).rmSync(new URL(import.meta.url));\n";
      project.write('program.mjs', flavours.esm().replace(/^await report/m, `${remove}await report`));
      project.circular('program.mjs');
    },
    args: ['program.mjs'],
  },
];
