/**
 * Runs all forms in one way on one Node, and gives a line for each. A form that hangs or kills the program costs that form only:
 * the program is started again without those that are through.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { makeProject } from './project.mjs';

// The slowest form's own time limit is 25 s; the first ones wait for a program to be transformed and loaded.
const SILENCE = 90_000;

export async function runWay(way, { node = process.execPath, dist, direct = false, only, keep = false } = {}) {
  const project = makeProject({ dist });
  try {
    way.prepare?.(project);
    const lines = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      project.write('skip.txt', lines.map((line) => line.form).join('\n'));
      const { through, stuck, done, output, exitCode } = await runProgram(project, way, { node, direct, only });
      lines.push(...through);
      if (done) {
        // A program of this library ends by itself.
        if (exitCode !== 0)
          lines.push({ form: 'the program ends by itself, with 0', status: 'fail', why: `${exitCode}: ${output.slice(-600)}` });
        return lines;
      }
      if (stuck) lines.push({ form: stuck, status: 'fail', why: `the program hung or died: ${output.slice(-600)}` });
      else return [...lines, { form: 'the program starts', status: 'fail', why: output.slice(-2000) }];
    }
    return lines;
  } finally {
    if (keep) console.error(`kept: ${project.folder}`);
    else project.remove();
  }
}

async function runProgram(project, way, { node, direct, only }) {
  const out = project.file('out.jsonl');
  writeFileSync(out, '');
  const env = {
    ...process.env,
    FORMS_OUT: out,
    FORMS_SKIP: project.file('skip.txt'),
    FORMS_DIRECT: direct ? '1' : '',
    FORMS_ONLY: only ?? way.only ?? '',
    FORMS_ACCEPT: way.accept ?? '',
    FORMS_EXCEPT: way.except ?? '',
  };
  // A test runner that runs these must not be taken for the program's own.
  for (const name of Object.keys(env)) if (/^(VITEST|JEST|NODE_OPTIONS|NODE_V8_COVERAGE|TEST$|VITE_)/.test(name)) delete env[name];
  const args = typeof way.args === 'function' ? way.args() : way.args;
  const child = spawn(way.command?.() ?? node, args, { cwd: project.folder, env, stdio: [way.input ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-8000);
    });
  if (way.input) {
    child.stdin.on('error', () => {});
    child.stdin.write(way.input());
    if (!way.holdInput) child.stdin.end();
  }
  const exitCode = await watched(child, out, way);
  const lines = readLines(out);
  const through = lines.filter((line) => line.status && line.status !== 'running');
  const last = lines.at(-1);
  return { through, stuck: last?.status === 'running' ? last.form : undefined, done: last?.done === true, output, exitCode };
}

/** Resolves to the exit code; ends a program that is silent for long. */
function watched(child, out, way) {
  return new Promise((resolve) => {
    let seen = 0;
    let since = Date.now();
    const watch = setInterval(() => {
      const text = readFileSync(out, 'utf8');
      if (text.length !== seen) {
        seen = text.length;
        since = Date.now();
      }
      if (way.holdInput && text.includes('"done":true') && !child.stdin.writableEnded) child.stdin.end('\n.exit\n');
      if (Date.now() - since > SILENCE) child.kill('SIGKILL');
    }, 250);
    child.on('error', () => {});
    child.on('close', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? signal);
    });
  });
}

function readLines(out) {
  if (!existsSync(out)) return [];
  return readFileSync(out, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
