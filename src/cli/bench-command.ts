import { Command } from 'commander';
import { count, percent, rate, seconds, sizes, threshold } from './bench/flags.js';
import type { Lessons } from './lessons.js';
import { taught } from './taught.js';

/** `run-in-executor bench ./hash.js#digest`. */
export function benchCommand(): Command {
  const command = new Command('bench')
    .description('measure how many threads a function wants, and whether a thread is worth its while at all')
    .argument('[function]', 'its file or package and its name: ./hash.js#digest')
    .option('-e, --eval <function>', "an inline function in its place: '(n) => n * 2'")
    .option('-a, --args <json>', 'its arguments, as a JSON array: \'["secret", 10]\'')
    .option('--args-file <file>', 'its arguments from a .json file, or from the default export of a module: an array, or (call) => array')
    .option('-t, --threads <sizes>', 'the sizes to measure: 1..8, or 1,2,4,8', sizes)
    .option('-c, --concurrency <calls>', 'so many calls are always under way', count('a number of calls'))
    .option('--rate <calls>', 'so many calls a second arrive by themselves, as requests do', rate)
    .option('--max-time <seconds>', 'measure for this long, at most', seconds, DEFAULT_SECONDS)
    .option('--precision <percent>', 'stop once every throughput is known to this much either side', percent, DEFAULT_PERCENT)
    .option('--report <file>', 'write a page with charts, for any browser: report.html')
    .option('--json', 'print the result as JSON')
    .option('--markdown', 'print it as Markdown')
    .option('--compare <file>', 'say what changed since an earlier result, one that --json printed')
    .option('--fail-below <throughput>', 'exit with 1 if the best size does fewer calls a second; with --compare also 90%', threshold)
    // The rest of it, with all that it draws, is loaded when it is asked for.
    .action(async (target, flags) => (await import('./bench/run.js')).run(target, flags));
  return taught(command, lessons);
}

const DEFAULT_SECONDS = 30;
const DEFAULT_PERCENT = 5;

const lessons: Lessons = {
  examples: [
    [`bench ./hash.js#digest --args '["secret"]'`, 'how many threads?'],
    ['bench ./hash.js#digest --threads 1..8', 'of these sizes'],
    ['bench node:zlib#gzipSync --args-file ./body.mjs', 'arguments that JSON cannot say'],
    [`bench -e '(n) => { while (n--); }' --args '[1e7]'`, 'a function written here'],
    ['bench ./hash.js#digest --rate 200', 'under 200 calls a second'],
    ['bench ./hash.js#digest --report report.html', 'with charts'],
    ['bench ./hash.js#digest --json > before.json', 'to compare with later:'],
    ['bench ./hash.js#digest --compare before.json --fail-below 90%', 'as a pipeline does'],
    ["NODE_OPTIONS='--import tsx' npx run-in-executor bench ./hash.ts#digest", 'TypeScript; Node 22.18 and later need no loader'],
  ],
  notes: [
    'It takes half a minute, and says: so many threads, why, and how sure that is; or that a thread is not worth its while.',
    'The function is called here as well as on threads, again and again: give it arguments that it can bear. Ctrl-C ends it with what there is (a second one at once).',
  ],
};
