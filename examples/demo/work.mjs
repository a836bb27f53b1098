/**
 * The work: packages that only know how to work synchronously, on files. A thread imports this file by itself.
 */
import { readFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { Ajv } from 'ajv';
import { createTwoFilesPatch } from 'diff';
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ linkify: true, typographer: true });

/** The documentation comments of a file of TypeScript declarations (or all of a markdown file) as HTML. */
export function render(path) {
  return clocked(() => {
    const text = readFileSync(path, 'utf8');
    return markdown.render(path.endsWith('.md') ? text : documentation(text));
  });
}

/** What changed from one file to the other, as a patch. */
export function compare(before, after) {
  return clocked(() => createTwoFilesPatch(before, after, readFileSync(before, 'utf8'), readFileSync(after, 'utf8')));
}

/** Whether a translation has every message of the reference, with every `{0}` in it; the faults, if any. */
export function validate(translation, reference) {
  return clocked(() => {
    const check = new Ajv({ allErrors: true }).compile(schemaOf(JSON.parse(readFileSync(reference, 'utf8'))));
    check(JSON.parse(readFileSync(translation, 'utf8')));
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  });
}

/** What the work made, and for the timeline: where, from when, until when. */
function clocked(work) {
  const from = Date.now();
  const output = work();
  return { output, thread: threadId, from, until: Date.now() };
}

function documentation(declarations) {
  return [...declarations.matchAll(/\/\*\*(.*?)\*\//gs)].map(([, comment]) => comment.replace(/^ *\* ?/gm, '')).join('\n\n');
}

function schemaOf(messages) {
  const properties = Object.entries(messages).map(([key, message]) => [key, { type: 'string', pattern: withHolesOf(message) }]);
  return { type: 'object', required: Object.keys(messages), properties: Object.fromEntries(properties) };
}

function withHolesOf(message) {
  return [...new Set(message.match(/\{\d\}/g))].map((hole) => `(?=.*\\{${hole.slice(1, -1)}\\})`).join('');
}
