// The same file under Node's flags, and in a thread of the user's.
import { flavours } from '../programs.mjs';

const prepare = (project) => {
  project.write('program.mjs', flavours.esm());
  project.circular('program.mjs');
};

// What threads need, and `--allow-fs-write` for the report of these tests; `*` because a test's folder is made at each run.
const permissions = ['--permission', '--allow-worker', '--allow-fs-read=*', '--allow-fs-write=*'];

export default [
  // Reading `this` pauses the program, which an attached debugger would not let go on.
  {
    name: 'inspect',
    title: '`--inspect`',
    prepare,
    args: ['--inspect=0', 'program.mjs'],
    accept: 'while the inspector listens',
    note: 'a closure that uses `this` of the function around it is refused, since reading it would have to pause the program, which an attached debugger would not let go on; `wrap`, or passing the object, needs no pause',
  },
  { name: 'source-maps', title: '`--enable-source-maps`', prepare, args: ['--enable-source-maps', 'program.mjs'] },
  {
    name: 'worker',
    title: "in a worker thread of the user's",
    prepare: (project) => {
      prepare(project);
      project.write('main.mjs', "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./program.mjs', import.meta.url));\n");
    },
    args: ['main.mjs'],
  },
  {
    name: 'node-test',
    title: '`node --test`',
    prepare: (project) => project.write('program.test.mjs', flavours.nodeTest()),
    args: ['--test', 'program.test.mjs'],
  },
  {
    name: 'no-code-generation',
    title: '`--disallow-code-generation-from-strings`',
    prepare,
    args: ['--disallow-code-generation-from-strings', 'program.mjs'],
    accept: 'EvalError|Code generation',
    note: 'what calls `eval` or `new Function` fails there as here',
  },
  // Without the inspector, what captures nothing works; the rest says why not.
  {
    name: 'permission',
    title: '`--permission`',
    note: 'it needs the rights `--allow-worker` and `--allow-fs-read` of the program and its packages; the inspector is not to be had, so functions by name, by reference and those that capture nothing travel, and the others are refused',
    from: 22,
    prepare,
    args: [...permissions, 'program.mjs'],
    accept: 'ERR_(FUNCTION|VALUE)_NOT_SENDABLE.*inspector',
    // Forms about errors get the refusal instead; a captured variable named like a global is taken for the global.
    except: 'refused|^error|is thrown as itself|still unset|named like one|throws there as here',
  },
  {
    name: 'permission-inspector',
    title: '`--permission --allow-inspector`',
    note: 'with that right beside the others, everything travels',
    from: 26,
    prepare,
    args: [...permissions, '--allow-inspector', 'program.mjs'],
  },
];
