/**
 * Puts the fragments of sources/ together into one program of a flavour: what a user's file would be.
 */
import { readFileSync } from 'node:fs';

const language = ['functions.js', 'closures.js', 'classes.js', 'syntax.js', 'values.js', 'semantics.js', 'combined.js', 'services.js'];
const modules = ['form.js', 'modules.head.js', ...language, 'modules.js', 'combined.modules.js'];
const commonjs = ['form.js', 'commonjs.head.js', ...language, 'sloppy.js', 'commonjs.js', 'combined.commonjs.js'];
const types = ['types.ts', 'combined.types.ts'];
const transformed = [...types, 'transformed.ts', 'combined.transformed.ts'];
const library = "import * as library from 'run-in-executor';\nimport { report } from './report.cjs';\n";
const required = "const library = require('run-in-executor');\nconst { report } = require('./report.cjs');\n";
const test = "test('forms', () => report(forms, library), 900_000);\n";

/** Text of each flavour's program. `self`: the program's own file, for a module that imports it back. */
export const flavours = {
  /** The program is the entry file. */
  esm: () => join(library, modules, 'circular.js', 'await report(forms, library);\n'),
  /** The same without a file of its own: `-e` and standard input. */
  inlineEsm: () => join(library, modules, 'await report(forms, library);\n'),
  /** The forms stand in a module that another file imports. */
  module: () => join(modules, 'export { forms };\n'),
  moduleMain: () => `${library}import { forms } from './forms.mjs';\nawait report(forms, library);\n`,
  commonjs: () => join(required, commonjs, 'report(forms, library);\n'),
  commonjsModule: () => join(commonjs, 'exports.forms = forms;\n'),
  commonjsMain: () => `${required}report(require('./forms.cjs').forms, library);\n`,
  /** By name and by reference only: other runtimes. */
  references: () => join(library, 'modules.head.js', 'form.js', 'references.js', 'await report(forms, library);\n'),
  newest: () => join(library, 'form.js', 'combined.using.js', 'await report(forms, library);\n'),
  stripped: () => join(library, modules, 'circular.js', types, 'await report(forms, library);\n'),
  transformed: () => join(library, modules, 'circular.js', transformed, 'await report(forms, library);\n'),
  decorated: () =>
    join(library, modules, 'circular.js', transformed, 'decorated.ts', 'combined.decorated.ts', 'await report(forms, library);\n'),
  transformedCommonjs: () => join(library, 'form.js', language, transformed, 'report(forms, library);\n'),
  vitest: () => join("import { test } from 'vitest';\n", library, modules, transformed, test),
  nodeTest: () => join("import { test } from 'node:test';\n", library, modules, "test('forms', () => report(forms, library));\n"),
  jestEsm: () => join(library, modules, test),
  jestCommonjs: () => join(commonjs, required, test),
};

/** A fragment's name stands for its text; anything with a line break is text itself. */
function join(...parts) {
  return parts
    .flat()
    .map((part) => (part.includes('\n') ? part : fragment(part)))
    .join('\n');
}

function fragment(name) {
  const text = readFileSync(new URL(`sources/${name}`, import.meta.url), 'utf8');
  return text.replaceAll(/^\/\/ biome-ignore-all.*\n/gm, '');
}
