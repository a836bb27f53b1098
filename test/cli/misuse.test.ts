import { describe, expect, test } from 'vitest';
import { commandLine } from '../setup/command-line.js';

describe('what the command line does not understand it answers with the nearest right thing:', () => {
  test.concurrent.each([
    [['explian', 'x'], "there is no command 'explian'", 'The nearest is explain:'],
    [['explain', '--jsn'], 'there is no flag --jsn', 'The nearest is --json: print what explain(fn) returns'],
    [['explain', '--eval'], '--eval <function> needs a value', "'(n) => n * 2'"],
    [['explain', '-e', '12'], '--eval takes an expression that gives a function', 'this one gives number'],
    [
      ['doctor', '--threads', '0'],
      "--threads <count>' argument '0' is invalid. It takes a number of threads: a whole number, 1 to 1000",
      'the nearest is 1',
    ],
    [['doctor', '--threads', '4x'], 'It takes a number of threads', 'the nearest is 4'],
    [['explain', 'a', 'b'], 'explain takes 1', 'run-in-executor explain --help'],
    [['explain', './nowhere.js'], 'there is no file ./nowhere.js', ''],
    [['explain', './examples/limitd-to-two.mjs'], 'there is no file ./examples/limitd-to-two.mjs', 'The nearest is limited-to-two.mjs'],
    [['bench', '-e', 'class Report {}'], '--eval gives a class, and bench calls functions', './file.js#Report.method'],
    [['explain', 'node:zlib#gzipSnyc'], 'node:zlib exports no gzipSnyc', 'the nearest is #gzipSync'],
    [['explain', 'nowhere.mjs#fn'], 'there is no file nowhere.mjs', ''],
    [['bench'], 'bench takes one function', 'run-in-executor bench --help has examples'],
    [['explain', 'no-such-package-at-all'], "Cannot find package 'no-such-package-at-all'", ''],
    [['explain', 'examples/parts/timeline.mjs'], 'which function of examples/parts/timeline.mjs?', '#countTicks, #say'],
    [['bench', '-e', '() => 1', '--report', 'no/such/report.html'], '--report takes a file that can be written', 'no/such/report.html'],
    [
      ['find', '--report', 'no/such/stalls.html', '--', 'node', '-e', '1'],
      '--report takes a file that can be written',
      'no/such/stalls.html',
    ],
    [[], 'which command?', 'Commands:'],
  ])('%j', async (args, complaint, way) => {
    const { exitCode, stdout, stderr } = await commandLine(args);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(complaint),
    });
    expect(stderr).toContain(way);
    expect(stderr, 'a stack helps nobody here').not.toContain('    at ');
  });
});

test('every command has help that ends in examples', async () => {
  const { stdout } = await commandLine(['--help']);
  const commands = [...stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, name]) => name ?? '');
  expect(commands).toEqual(expect.arrayContaining(['explain', 'doctor']));
  for (const command of commands) {
    const help = await commandLine([command, '--help']);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain(`  $ npx run-in-executor ${command} `);
  }
});
