// Bun and Deno: by name and by reference, where they run at all; closures may be refused, with the reason.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { flavours } from '../programs.mjs';

const prepare = (project) => project.write('program.mjs', flavours.references());

const accept = '^by value: .*ERR_FUNCTION_NOT_SENDABLE';

const all = [
  {
    name: 'bun',
    title: 'Bun',
    group: 'other runtimes',
    accept,
    prepare,
    args: ['program.mjs'],
    command: () => installed('@oven/bun-linux-x64', 'bin/bun'),
  },
  {
    name: 'deno',
    title: 'Deno',
    group: 'other runtimes',
    accept,
    prepare,
    args: ['run', '-A', 'program.mjs'],
    command: () => installed('@deno/linux-x64-glibc', 'deno'),
  },
];

/** None where no package carries their binaries for this machine. */
export const runtimes = process.platform === 'linux' && process.arch === 'x64' ? all : [];

/** Kept between runs, as the other versions of Node are. */
function installed(name, binary) {
  const folder = fileURLToPath(new URL(`../../../.cache/${name.replace(/\W/g, '')}`, import.meta.url));
  if (!existsSync(`${folder}/node_modules`)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', name], {
      stdio: 'pipe',
    });
  }
  return `${folder}/node_modules/${name}/${binary}`;
}
