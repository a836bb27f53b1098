// One file made by a bundler, the sources gone.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { flavours } from '../programs.mjs';

// The report is the test's, not the program's.
const external = ['run-in-executor', './report.cjs'];

function bundled({ name, title, source, text, output, build, accept, only, note = accept === namesAreGone ? mangled : undefined }) {
  return {
    name,
    title,
    accept,
    only,
    note,
    prepare: (project) => {
      project.write(source, text());
      project.circular(source);
      build(project, source, output);
      rmSync(project.file(source));
    },
    args: [output],
  };
}

function esbuild(flags) {
  return (project, source, output) =>
    run(project, 'esbuild/bin/esbuild', source, '--bundle', '--platform=node', `--outfile=${output}`, ...flags);
}

function rollup(plugins) {
  return (project, source, output) => {
    const config = `import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import json from '@rollup/plugin-json';
import terser from '@rollup/plugin-terser';
export default {
  input: '${source}', external: [${external.map((e) => `'${e}'`)}, /^node:/],
  output: { file: '${output}', format: 'es', inlineDynamicImports: true },
  plugins: [resolve(), commonjs(), json(), ${plugins}],
};\n`;
    project.write('rollup.config.mjs', config);
    run(project, 'rollup/dist/bin/rollup', '-c', 'rollup.config.mjs', '--silent');
  };
}

function tsdown(options) {
  return (project, source, output) => {
    const config = {
      entry: { [output.replace(/\.mjs$/, '')]: source },
      format: 'esm',
      platform: 'node',
      outDir: '.',
      clean: false,
      dts: false,
      report: false,
      ...options,
    };
    project.write(
      'tsdown.config.mjs',
      `export default { ...${JSON.stringify(config)}, external: ${JSON.stringify(external)}, outputOptions: { inlineDynamicImports: true } };\n`,
    );
    run(project, 'tsdown/dist/run.mjs', '--config', 'tsdown.config.mjs');
  };
}

/** Bundlers are run by the Node that runs the tests, whatever Node runs the bundle. */
function run(project, bin, ...args) {
  const file = project.file(`node_modules/${bin}`);
  // esbuild's file may be a native program by now.
  const command = bin.startsWith('esbuild') ? [file] : [process.execPath, file];
  execFileSync(command[0], [...command.slice(1), ...args], { cwd: project.folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

const esm = { source: 'program.mjs', text: flavours.esm, output: 'bundle.mjs' };
const commonjs = { source: 'program.cjs', text: flavours.commonjs, output: 'bundle.cjs' };
const typescript = { source: 'program.mts', text: flavours.transformed, output: 'bundle.mjs' };
// A minifier renames parameters: arguments cannot be matched to the names of the source. And private names: those of two classes may become one.
const namesAreGone = 'ERR_NAMED_ARGUMENT|a class that extends another with some.*ERR_FUNCTION_NOT_SENDABLE.*private #names';
const mangled =
  'a minifier renames parameters, so `run.named` finds other names, and says which; and private names, so that two classes of which one extends the other may have the same, whose instances are refused';
const outside = external.map((name) => `--external:${name}`);

export default [
  bundled({ name: 'esbuild', title: 'esbuild', ...esm, build: esbuild(['--format=esm', ...outside]) }),
  bundled({
    name: 'esbuild-min',
    title: 'esbuild, minified',
    ...esm,
    build: esbuild(['--format=esm', '--minify', ...outside]),
    accept: namesAreGone,
  }),
  bundled({
    name: 'esbuild-cjs',
    title: 'esbuild, CommonJS, minified',
    ...commonjs,
    build: esbuild(['--format=cjs', '--minify', ...outside]),
    accept: namesAreGone,
  }),
  bundled({
    name: 'esbuild-all',
    title: 'esbuild, the package in the bundle',
    ...esm,
    build: esbuild(['--format=esm', '--external:./report.cjs', `--banner:js=${makeRequire()}`]),
    accept: namesAreGone,
    note: 'it uses the package in `node_modules` beside the bundle; esbuild renames parameters that are called like a variable of a package in it, so `run.named` finds other names, and says which',
  }),
  bundled({ name: 'rollup', title: 'Rollup', ...esm, build: rollup('') }),
  bundled({ name: 'rollup-min', title: 'Rollup with terser', ...esm, build: rollup('terser({ module: true })'), accept: namesAreGone }),
  bundled({ name: 'tsdown', title: 'tsdown', ...typescript, build: tsdown({}) }),
  bundled({ name: 'tsdown-min', title: 'tsdown, minified', ...typescript, build: tsdown({ minify: true }), accept: namesAreGone }),
];

/** What CommonJS packages in an ES module bundle need, and what everyone puts there. */
function makeRequire() {
  return "import { createRequire as __makeRequire } from 'node:module'; const require = __makeRequire(import.meta.url);";
}
