/**
 * `npm run bench`: installs what only the benchmarks need, compiles them, and runs them without any loader, which threads would inherit.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const installed = 'bench/peers/node_modules';
const wanted = 'bench/peers/package-lock.json';
const compiled = '.cache/bench';

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--prefix', 'bench/peers']);
}
run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'bench']);
rmSync(`${compiled}/node_modules`, { force: true });
symlinkSync(`../../${installed}`, `${compiled}/node_modules`, 'junction');
run(process.execPath, [`${compiled}/index.js`, ...process.argv.slice(2)]);

function run(command, args) {
  try {
    execFileSync(command, args, { stdio: 'inherit' });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
