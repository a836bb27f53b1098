/**
 * SQLite in every thread: better-sqlite3 is synchronous, and a connection cannot go from one thread to another.
 * So it is opened once in each, by the executor's initializer, and lives in this module's variable there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import Database from 'better-sqlite3';

let connection;
let number;

/** The initializer. */
export function openDatabase(file) {
  connection = new Database(file);
  connection.pragma('busy_timeout = 5000'); // another thread may be writing
  number = connection.prepare('INSERT INTO connections (thread) VALUES (?)').run(threadId).lastInsertRowid;
}

/** The finalizer. */
export function closeDatabase() {
  connection.prepare('UPDATE connections SET closed = 1 WHERE number = ?').run(number);
  connection.close();
}

/** This thread's own. */
export function database() {
  return connection;
}

/** Before the first thread: the tables, and Fastify's guides as the chapters of a handbook. */
export function createDatabase(file) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL'); // readers and a writer do not wait for each other
  database.exec(`
    CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS chapters (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS connections (number INTEGER PRIMARY KEY, thread INTEGER NOT NULL, closed INTEGER NOT NULL DEFAULT 0) STRICT;
  `);
  const insert = database.prepare('INSERT OR REPLACE INTO chapters VALUES (?, ?)');
  const folder = join(dirname(createRequire(import.meta.url).resolve('fastify/package.json')), 'docs/Guides');
  for (const name of readdirSync(folder)) insert.run(name.replace('.md', ''), readFileSync(join(folder, name), 'utf8'));
  database.close();
}
