import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const fixtures = fileURLToPath(new URL('../../fixtures/forms/', import.meta.url));

/** Programs without a file: what they print, as JSON. */
function printed(program: string, stdin = false): unknown {
  const code = `import { runInExecutor as run } from 'run-in-executor';\n${program}`;
  const flags = ['--input-type=module', ...(stdin ? [] : ['-e', code])];
  const { stdout, stderr } = spawnSync(process.execPath, flags, {
    cwd: fixtures,
    encoding: 'utf8',
    input: stdin ? code : '',
    timeout: 60_000,
    env: { ...process.env, VITEST: undefined },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as unknown;
}

describe("what a user's own module does not export", () => {
  const keeps = `import { knows, remember, setRate, timesAndRate } from './keeps.mjs';\nconst { times, Rate } = timesAndRate();\n`;

  test('goes by value: it sees variables of its module as of the call', () => {
    const program = `${keeps}
      const before = [await run(times, 2), (await run((x) => new Rate(x), 2)).value];
      setRate(10);
      console.log(JSON.stringify([before, [await run(times, 2), (await run((x) => new Rate(x), 2)).value]]));`;
    expect(printed(program)).toEqual([
      [2, 2],
      [20, 20],
    ]);
  });

  test("its classes' instances come back as its own", () => {
    expect(printed(`${keeps} console.log((await run((x) => new Rate(x), 2)) instanceof Rate);`)).toBe(true);
  });

  test("what cannot be copied is the thread's own", () => {
    const program = `${keeps} const o = {}; remember(o); const f = knows(); console.log(JSON.stringify([f(o), await run(f, o)]));`;
    expect(printed(program)).toEqual([true, false]);
  });
});

test("what cannot be copied is the thread's own, whatever proxies the module has beside it", () => {
  const program = `import { hasSeen } from './keeps-beside-a-proxy.mjs'; console.log(await run(hasSeen(), {}));`;
  expect(printed(program)).toBe(false);
});

test('a module namespace in an object is found again', () => {
  const program = `import { doubled } from './namespaces.mjs'; console.log(await run(doubled(), 4));`;
  expect(printed(program)).toBe(8);
});

describe('a program without a file is no module that a thread could import', () => {
  const program = `
    const helper = (x) => x + 1;
    class Point { constructor(x) { this.x = x; } }
    console.log(JSON.stringify([await run(() => helper(2)), (await run((x) => new Point(x), 2)) instanceof Point]));`;

  test.each([
    ['-e', false],
    ['standard input', true],
  ])('%s', (_, stdin) => {
    expect(printed(program, stdin)).toEqual([3, true]);
  });
});

test('classes of results are found again, whatever was collected meanwhile', () => {
  const flags = ['--expose-gc', `${fixtures}collected.mjs`];
  const { stdout, stderr } = spawnSync(process.execPath, flags, { cwd: fixtures, encoding: 'utf8', timeout: 60_000 });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(Array.from({ length: 30 }, () => true));
});
