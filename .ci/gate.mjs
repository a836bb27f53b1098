/**
 * The gate: every check of the house in one command, the same at home and in CI, all of them blocking.
 *
 *   npm run gate        the quick tier, for each commit
 *   npm run gate:full   with the full test tier: longer runs, other versions of Node and of TypeScript
 *
 * A failing check does not keep the later ones from running. The last line counts the tests, and each other check as one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const full = process.argv.includes('--full');
const testResults = '.cache/vitest.json';

const checks = [
  { name: 'build and types', command: 'npm run --silent typecheck' },
  { name: 'format and lint', command: 'npm run --silent lint' },
  { name: 'unused code and dependencies', command: 'npm run --silent unused' },
  { name: 'package', command: 'npm run --silent package' },
  { name: 'API documentation', command: 'npm run --silent docs:api' },
  {
    name: 'tests',
    command: `npm run --silent ${full ? 'test:full' : 'test'} -- --reporter=default --reporter=json --outputFile.json=${testResults}`,
  },
];

const minutes = 60_000;
/** A check that takes longer hangs. The quick tier is promised in 10 minutes, the full one in 20. */
const patience = full ? 18 * minutes : 10 * minutes;

mkdirSync('.cache', { recursive: true });
rmSync(testResults, { force: true });

const outcomes = [];
for (const check of checks) {
  console.log(`\n── ${check.name} ──`);
  outcomes.push({ ...check, ...(await run(check.command)) });
}

console.log('\n── the gate ──');
let [passed, failed] = [0, 0];
for (const { name, ok, seconds } of outcomes) {
  const counts = name === 'tests' ? countTests(ok) : { passed: Number(ok), failed: Number(!ok) };
  passed += counts.passed;
  failed += counts.failed;
  console.log(`${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs one check in a process group of its own, so that nothing it started outlives it. */
function run(command) {
  const start = performance.now();
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const timer = setTimeout(() => {
    console.log(`\n${command}: not finished after ${patience / minutes} minutes, ended`);
    endGroup(child.pid);
  }, patience);
  const interrupt = () => {
    endGroup(child.pid);
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      if (endGroup(child.pid)) console.log(`\n${command}: left processes behind, ended`);
      resolve({ ok: code === 0, seconds: (performance.now() - start) / 1000 });
    });
  });
}

/** True if there was anything left to end. */
function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** A run that failed without a failing test (a crash, an unhandled rejection, no test found) counts as one failure. */
function countTests(ok) {
  if (!existsSync(testResults)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults: files } = JSON.parse(readFileSync(testResults, 'utf8'));
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const found = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: ok ? found : Math.max(found, 1) };
}
