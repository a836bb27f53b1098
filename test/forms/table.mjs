/**
 * docs/functions-that-travel.md, out of what the runs gave: every number and mark in it comes from a run.
 */

/** `results`: { way, node, lines } of each run; `ways` in the order of the table; `nodes`: the versions, ascending. */
export function table(results, ways, nodes) {
  const exceptions = new Exceptions();
  const byForm = formRows(results, ways, exceptions);
  const byWay = ways.map((way) => `| ${way.title} | ${nodes.map((node) => wayCell(results, way, node)).join(' | ')} |`);
  const groups = [...new Set(ways.map((way) => way.group))];
  const complete = ways.every((way) => nodes.every((node) => !existsOn(way, node) || runOf(results, way, node)));
  return `${introduction(byForm.length, ways.filter((way) => results.some((run) => run.way === way.name)).length, nodes, complete)}
## By way of running

How many forms give what the direct call gives, of those that exist there (a CommonJS file has no \`import.meta\`); those refused get an error that says why.${complete ? '' : ' What was not run for this page says so.'}

| way of running | ${nodes.map((node) => `Node ${node}`).join(' | ')} |
|---|${nodes.map(() => '--:|').join('')}
${byWay.join('\n')}

${notes(ways)}

## By form

✓ in every way of the group and on every Node where the form exists${complete ? '' : ' and was run'}; – it exists in none of them; a number is an exception, listed below.

| form | ${groups.join(' | ')} |
|---|${groups.map(() => ':-:|').join('')}
${byForm.map(({ name, cells }) => `| ${literal(name)} | ${groups.map((group) => cells.get(group)).join(' | ')} |`).join('\n')}
${exceptions.section()}`;
}

function introduction(forms, ways, nodes, complete) {
  return `# Which functions travel?

All of these: ${forms} forms of functions, captures and values, each tried in ${ways} ways of running a program, on Node ${nodes.join(', ')}${complete ? '' : ' (not all ways on all of them)'}.
The tests in [test/forms](../test/forms) run them and write this page; the forms themselves are in [test/forms/sources](../test/forms/sources), a line each.

What cannot travel is refused with the way to it (\`closure of handler → db → socket\`); the forms called *refused* check that.
Ask \`explain(fn)\` about a function of your own.
`;
}

/** What the page says of one way on one Node. */
function wayCell(results, way, node) {
  const run = runOf(results, way, node);
  if (!run) return existsOn(way, node) ? 'not run' : '–';
  const { pass, refused, fail } = counts(run.lines);
  const total = pass + refused + fail;
  if (refused > 0) return `${pass} of ${total}, ${refused} refused`;
  return fail === 0 ? `all ${total}` : `${pass} of ${total}`;
}

function runOf(results, way, node) {
  return results.find((run) => run.way === way.name && run.node === node);
}

function existsOn(way, node) {
  return (way.from ?? 0) <= Number.parseInt(node, 10);
}

function notes(ways) {
  return ways
    .filter((way) => way.note)
    .map((way) => `- ${way.title}: ${way.note}.`)
    .join('\n');
}

export function counts(lines) {
  const count = (status) => lines.filter((line) => line.status === status).length;
  return { pass: count('pass'), refused: count('refused'), fail: count('fail') };
}

function formRows(results, ways, exceptions) {
  const names = [...new Set(results.flatMap(({ lines }) => lines.map((line) => line.form)))];
  const groups = Map.groupBy ? Map.groupBy(ways, (way) => way.group) : groupBy(ways);
  return names.map((name) => {
    const cells = new Map();
    for (const [group, members] of groups) {
      const lines = results
        .filter((result) => members.some((way) => way.name === result.way))
        .flatMap((result) =>
          result.lines.filter((line) => line.form === name && line.status !== 'n/a').map((line) => ({ ...result, ...line })),
        );
      cells.set(group, formCell(lines, exceptions));
    }
    return { name, cells };
  });
}

function formCell(lines, exceptions) {
  if (lines.length === 0) return '–';
  // A refusal where the way says that one is right (no inspector, say) is told in the table of ways.
  const failed = lines.filter((line) => line.status === 'fail');
  if (failed.length === 0) return lines.every((line) => line.status === 'refused') ? 'refused' : '✓';
  return exceptions.number(failed);
}

/** Failures that read the same share a number. */
class Exceptions {
  #numbers = new Map();

  number(failed) {
    const places = failed.map(({ way, node }) => `${way} on Node ${node}`).join(', ');
    const key = `${failed[0].form}: ${places}`;
    if (!this.#numbers.has(key)) this.#numbers.set(key, this.#numbers.size + 1);
    return `${this.#numbers.get(key)}`;
  }

  section() {
    if (this.#numbers.size === 0) return '';
    return `\n## Exceptions\n\n${[...this.#numbers].map(([key, number]) => `${number}. ${literal(key)}`).join('\n')}\n`;
  }
}

// Map.groupBy came with Node 21.
function groupBy(ways) {
  const groups = new Map();
  for (const way of ways) groups.set(way.group, [...(groups.get(way.group) ?? []), way]);
  return groups;
}

function literal(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}
