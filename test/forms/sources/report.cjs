// Runs the forms of a program, one after the other, and writes a JSON line for each to the file FORMS_OUT.
// Other variables: FORMS_DIRECT (no executor: proves what the forms expect), FORMS_ONLY (part of a name),
// FORMS_SKIP (a file of names, one a line),
// FORMS_EXCEPT (names that do not apply, an expression), FORMS_ACCEPT (an expression over `form: code: message`: such an error is an answer as good as the value).
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { inspect, isDeepStrictEqual } = require('node:util');

exports.report = async function report(forms, library) {
  const { FORMS_DIRECT, FORMS_ONLY, FORMS_SKIP } = process.env;
  const skipped = FORMS_SKIP && existsSync(FORMS_SKIP) ? readFileSync(FORMS_SKIP, 'utf8').split('\n') : [];
  const run = FORMS_DIRECT ? Object.assign(async (fn, ...args) => fn(...args), { stream: (fn, ...args) => fn(...args) }) : limited(library.runInExecutor);
  // A form whose first call is refused may leave its second one alone.
  process.on('unhandledRejection', () => {});
  for (const form of forms) {
    if (skipped.includes(form.name) || (FORMS_ONLY && !form.name.includes(FORMS_ONLY))) continue;
    write({ form: form.name, status: 'running' });
    write({ form: form.name, ...(await outcome(form, run)) });
  }
  write({ done: true });
};

function write(line) {
  appendFileSync(process.env.FORMS_OUT, `${JSON.stringify(line)}\n`);
}

function limited(runInExecutor) {
  return runInExecutor.with({ timeout: 15_000, queueTimeout: 15_000 });
}

async function outcome(form, run) {
  if (process.env.FORMS_EXCEPT && new RegExp(process.env.FORMS_EXCEPT).test(form.name)) return { status: 'n/a', why: 'it does not apply to this way' };
  if (form.from > Number.parseInt(process.versions.node, 10)) return { status: 'n/a', why: `Node ${form.from} and later` };
  if (process.env.FORMS_DIRECT && form.direct === false) return { status: 'n/a', why: 'a direct call differs, as it must' };
  let expected;
  try {
    expected = await form.expected();
  } catch (error) {
    return { status: 'n/a', why: `the direct call fails here: ${error?.message}` };
  }
  if (form.literal !== undefined && !isDeepStrictEqual(expected, form.literal)) return { status: 'n/a', why: `the direct call gives ${show(expected)} here` };
  try {
    const actual = await patient(form.run(run));
    return isDeepStrictEqual(actual, expected) ? { status: 'pass' } : { status: 'fail', why: `gave ${show(actual)}, expected ${show(expected)}` };
  } catch (error) {
    const said = `${error?.code ?? error?.name}: ${error?.message}`;
    const accepted = process.env.FORMS_ACCEPT && new RegExp(process.env.FORMS_ACCEPT).test(`${form.name}: ${said}`);
    return { status: accepted ? 'refused' : 'fail', why: said.slice(0, 600), ...(accepted ? {} : { path: error?.path, stack: String(error?.stack).split('\n').slice(0, 6).join('\n') }) };
  }
}

/** A call that never settles is a failure of that form, not the end of the run. */
function patient(promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it did not settle within 25 s')), 25_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function show(value) {
  return inspect(value, { depth: 6, breakLength: Number.POSITIVE_INFINITY, sorted: true }).slice(0, 400);
}
