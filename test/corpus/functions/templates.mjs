// biome-ignore-all format: a table, one case a line
// Templates and text: generated code, renderers with state, plug-ins that are functions.

import { createRequire } from 'node:module';
import * as cheerio from 'cheerio';
import doT from 'dot';
import ejs from 'ejs';
import { decodeHTML, encodeXML, escapeText } from 'entities';
import Handlebars from 'handlebars';
import he from 'he';
import hljs from 'highlight.js';
import katex from 'katex';
import _ from 'lodash';
import MarkdownIt from 'markdown-it';
import { Marked, marked, parse as parseMarkdown } from 'marked';
import Mustache from 'mustache';
import nunjucks from 'nunjucks';
import Prism from 'prismjs';
import pug from 'pug';
import sanitizeHtml from 'sanitize-html';
import slugify from 'slugify';
import snarkdown from 'snarkdown';

const require = createRequire(import.meta.url);

const page = { title: 'Tom & Jerry', rows: [{ id: 1, name: 'a<b' }, { id: 2, name: 'c' }] };
const text = '# Title\n\nSome *text* with `code`, a [link](https://example.org) and\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
const code = 'const answer = (x) => x * 42; // why?\n';

export default [
  { name: 'dot: a compiled template', make: () => ({ fn: doT.template('{{=it.title}}: {{~it.rows :r}}<{{=r.id}}>{{~}}'), args: [page] }) },
  { name: 'dot: template with encoding', make: () => ({ fn: doT.template('{{!it.title}}'), args: [page] }) },
  { name: 'ejs: render', make: () => ({ fn: ejs.render, args: ['<% for (const r of rows) { %><b><%= r.name %></b><% } %>', page] }) },
  { name: 'ejs: a compiled template', make: () => ({ fn: ejs.compile('<h1><%= title %></h1>'), args: [page] }) },
  { name: 'ejs: a compiled template, strict, with a named local', make: () => ({ fn: ejs.compile('<%= page.title %>', { strict: true, localsName: 'page' }), args: [page] }) },
  { name: 'handlebars: a compiled template', make: () => ({ fn: Handlebars.compile('{{title}} {{#each rows}}{{id}}={{name}};{{/each}}'), args: [page] }) },
  { name: 'handlebars: a compiled template, used before', make: () => used(Handlebars.compile('{{#if title}}{{title}}{{/if}}'), page) },
  { name: 'handlebars: an own environment with a helper', make: () => ({ fn: withHelper(), args: [page] }) },
  { name: 'handlebars: compiled inside a closure', make: () => ({ fn: (source, data) => Handlebars.compile(source)(data), args: ['{{{title}}}', page] }) },
  { name: 'handlebars: precompile', make: () => ({ fn: (source) => typeof Handlebars.precompile(source), args: ['{{a}}'] }) },
  { name: 'mustache: render', make: () => ({ fn: Mustache.render, args: ['{{title}}{{#rows}}[{{name}}]{{/rows}}', page] }) },
  { name: 'mustache: render with partials and a lambda', make: () => ({ fn: (view) => Mustache.render('{{>head}}{{#loud}}{{title}}{{/loud}}', { ...view, loud: () => (t, render) => render(t).toUpperCase() }, { head: '<{{title}}>' }), args: [page] }) },
  { name: 'mustache: a Writer of one\'s own, bound', make: () => bound(new Mustache.Writer(), 'render', ['{{title}}', page]) },
  { name: 'nunjucks: renderString', make: () => ({ fn: nunjucks.renderString, args: ['{% for r in rows %}{{ r.name | upper }}{% endfor %}', page] }) },
  { name: 'nunjucks: an environment with a filter, made in the task', make: () => ({ fn: (view) => new nunjucks.Environment(null, { autoescape: false }).addFilter('twice', (s) => s + s).renderString('{{ title | twice }}', view), args: [page] }) },
  { name: 'pug: render', make: () => ({ fn: pug.render, args: ['ul\n  each r in rows\n    li= r.name', page] }) },
  { name: 'pug: a compiled template', make: () => ({ fn: pug.compile('h1= title\np #{rows.length} rows'), args: [page] }) },
  { name: 'pug: compileClient', make: () => ({ fn: pug.compileClient, args: ['p= x'] }) },
  { name: 'lodash: template with imports', make: () => ({ fn: _.template('<%= shout(title) %>', { imports: { shout: (s) => `${s.toUpperCase()}!` } }), args: [page] }) },
  { name: 'snarkdown: the default export', make: () => ({ fn: snarkdown, args: [text] }) },
  { name: 'marked: parse', make: () => ({ fn: marked.parse, args: [text] }) },
  { name: 'marked: the named parse', make: () => ({ fn: parseMarkdown, args: [text] }) },
  { name: 'marked: the callable itself', make: () => ({ fn: marked, args: [text] }) },
  { name: 'marked: lexer', make: () => ({ fn: (source) => JSON.stringify(marked.lexer(source)), args: [text] }) },
  { name: 'marked: an instance with a renderer of one\'s own', make: () => ({ fn: ownMarked().parse, args: [text] }) },
  { name: 'markdown-it: render, bound', make: () => bound(new MarkdownIt(), 'render', [text]) },
  { name: 'markdown-it: an instance captured by a closure', make: () => ({ fn: capturedRenderer(new MarkdownIt({ html: true, linkify: true })), args: [text] }) },
  { name: 'markdown-it: made inside the task', make: () => ({ fn: (source) => new MarkdownIt('commonmark').render(source), args: [text] }) },
  { name: 'markdown-it: a rule of one\'s own', make: () => bound(ruled(new MarkdownIt()), 'render', [text]) },
  { name: 'katex: renderToString', make: () => ({ fn: katex.renderToString, args: ['\\frac{a}{b} + \\sqrt{x^2}', { throwOnError: false }] }) },
  { name: 'katex: displayMode in a closure', make: () => ({ fn: (tex) => katex.renderToString(tex, { displayMode: true, output: 'html' }), args: ['\\sum_{i=1}^n i'] }) },
  { name: 'highlight.js: highlight', make: () => ({ fn: (source) => hljs.highlight(source, { language: 'javascript' }).value, args: [code] }) },
  { name: 'highlight.js: highlightAuto', make: () => ({ fn: (source) => hljs.highlightAuto(source, ['javascript', 'css']).language, args: [code] }) },
  { name: 'prismjs: highlight, the grammar captured', make: () => ({ fn: prismWith(Prism.languages.javascript), args: [code] }) },
  { name: 'prismjs: highlight with the grammar as an argument', make: () => ({ fn: Prism.highlight, args: [code, Prism.languages.javascript, 'javascript'] }) },
  { name: 'sanitize-html: defaults', make: () => ({ fn: sanitizeHtml, args: ['<p onclick="x()">Hi <script>alert(1)</script><b>there</b></p>'] }) },
  { name: 'sanitize-html: transformTags functions', make: () => ({ fn: sanitizeHtml, args: ['<ol><li>x</li></ol>', { transformTags: { ol: (_tag, attribs) => ({ tagName: 'ul', attribs: { ...attribs, class: 'x' } }) }, allowedAttributes: false }] }) },
  { name: 'sanitize-html: simpleTransform', make: () => ({ fn: (html) => sanitizeHtml(html, { transformTags: { b: sanitizeHtml.simpleTransform('strong') } }), args: ['<b>x</b>'] }) },
  { name: 'he: encode', make: () => ({ fn: he.encode, args: ['foo © bar ≠ baz 𝌆 qux', { useNamedReferences: true }] }) },
  { name: 'he: decode', make: () => ({ fn: he.decode, args: ['&lt;&copy;&#x1D306;'] }) },
  { name: 'entities: decodeHTML', make: () => ({ fn: decodeHTML, args: ['asdf &amp; &#xFF; &uuml; &apos;'] }) },
  { name: 'entities: encodeXML and escapeText composed', make: () => ({ fn: (s) => [encodeXML(s), escapeText(s)], args: ['<ü & "x">'] }) },
  { name: 'slugify: with options', make: () => ({ fn: slugify, args: ['Ärger & Öl, 100 %', { lower: true, strict: true }] }) },
  { name: 'cheerio: load and select', make: () => ({ fn: (html) => cheerio.load(html)('li').map((_i, el) => cheerio.load(html)(el).text()).get(), args: ['<ul><li>a</li><li>b</li></ul>'] }) },
  { name: 'cheerio: a helper that edits a document', make: () => ({ fn: addTargets, args: ['<p><a href="/x">x</a></p>'] }) },
  { name: 'cheerio: required as CommonJS', make: () => ({ fn: (html) => require('cheerio').load(html).text(), args: ['<b>t</b>'] }) },
];

function used(fn, ...args) {
  fn(...args);
  return { fn, args };
}

function bound(object, method, args) {
  return { fn: object[method].bind(object), args };
}

function withHelper() {
  const environment = Handlebars.create();
  environment.registerHelper('loud', (s) => `${s.toUpperCase()}!`);
  return environment.compile('{{loud title}}');
}

function ownMarked() {
  return new Marked({ renderer: { strong: ({ text: inner }) => `<b>${inner}</b>` }, gfm: true });
}

function capturedRenderer(renderer) {
  return (source) => renderer.render(source).length;
}

function ruled(renderer) {
  const original = renderer.renderer.rules.code_inline;
  renderer.renderer.rules.code_inline = (...args) => `<span>${original(...args)}</span>`;
  return renderer;
}

function prismWith(grammar) {
  return (source) => Prism.highlight(source, grammar, 'javascript');
}

function addTargets(html) {
  const $ = cheerio.load(html, null, false);
  $('a').attr('target', '_blank');
  return $.html();
}
