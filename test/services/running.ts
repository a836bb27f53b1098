/**
 * The example service, in a process of its own, as users start it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ExecutorStats } from 'run-in-executor';
import { root } from '../shape/source.js';

export const folder = `${root}examples/service`;

/** A folder with packages of its own, so that a contributor's first install stays small; better-sqlite3 may take a minute to compile. */
export function install(): void {
  if (existsSync(`${folder}/node_modules/autocannon`)) return;
  execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
}

export class Service {
  readonly url: string;
  /** The exit code, and all that it printed. */
  readonly ended: Promise<{ code: number | null; output: string }>;
  readonly #child: ChildProcess;

  static async start(env: Record<string, string>): Promise<Service> {
    const child = spawn(process.execPath, ['server.mjs'], { cwd: folder, env: { ...process.env, PORT: '0', ...env }, stdio: 'pipe' });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const heard = (text: Buffer) => {
        output += text;
        const [found] = /http\S+/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', heard);
      child.stderr.on('data', heard);
      child.once('exit', (code) => reject(new Error(`The service ended with ${code}: ${output}`)));
    });
    return new Service(child, url, () => output);
  }

  private constructor(child: ChildProcess, url: string, output: () => string) {
    this.#child = child;
    this.url = url;
    this.ended = new Promise((resolve) => child.once('close', (code) => resolve({ code, output: output() })));
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.#child.kill(signal);
  }

  async stats(): Promise<ExecutorStats> {
    return (await fetch(`${this.url}/stats`)).json() as Promise<ExecutorStats>;
  }
}
