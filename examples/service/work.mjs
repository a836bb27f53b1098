/**
 * What takes longer than a request may wait, and has no asynchronous version. A module that only defines things: each thread imports it.
 */
import { gzipSync } from 'node:zlib';
import bcrypt from 'bcryptjs';
import highlighter from 'highlight.js';
import MarkdownIt from 'markdown-it';
import { currentThread, transfer } from 'run-in-executor';
import { database } from './database.mjs';

const markdown = new MarkdownIt({ linkify: true, typographer: true, highlight });

/** The heaviest: all chapters as one page, compressed. Takes some 100 ms. */
export function handbook() {
  const pages = [];
  for (const { text } of database().prepare('SELECT text FROM chapters ORDER BY name').iterate()) {
    // The client has gone: nobody will read it. A look costs nothing.
    if (currentThread()?.cancelled) throw new Error(`stopped after ${pages.length} chapters`);
    pages.push(markdown.render(text));
  }
  // Moved, not copied.
  return transfer(gzipSync(`<!doctype html><html><meta charset="utf-8"><title>Handbook</title><body>${pages.join('<hr>')}</body></html>`));
}

export function chapter(name) {
  const row = database().prepare('SELECT text FROM chapters WHERE name = ?').get(name);
  return row && markdown.render(row.text);
}

export function search(words) {
  return database().prepare(`SELECT name, length(text) AS length FROM chapters WHERE text LIKE '%' || ? || '%' ORDER BY name`).all(words);
}

/** False: there is one of that name. */
export function signUp(name, password) {
  const { changes } = database().prepare('INSERT OR IGNORE INTO users VALUES (?, ?)').run(name, bcrypt.hashSync(password, 10));
  return changes === 1;
}

export function signIn(name, password) {
  const user = database().prepare('SELECT hash FROM users WHERE name = ?').get(name);
  return user !== undefined && bcrypt.compareSync(password, user.hash);
}

function highlight(code, language) {
  return highlighter.getLanguage(language) ? highlighter.highlight(code, { language }).value : '';
}
