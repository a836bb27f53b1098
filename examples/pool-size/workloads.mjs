/** Three functions of a service, as they are met in the wild: each wants another answer. */
import { execFileSync } from 'node:child_process';
import { pbkdf2Sync } from 'node:crypto';

/** Computes: a password's hash. */
export function hash(password) {
  return pbkdf2Sync(password, 'some salt', 20_000, 32, 'sha512').toString('hex');
}

/** Waits: for another program, here one that takes its time. */
export function convert(seconds) {
  execFileSync('sleep', [String(seconds)]);
}

/** Does little with much: all rows are copied to the thread, and all results back. */
export function withTotals(rows) {
  return rows.map((row) => ({ ...row, total: row.price * row.amount }));
}

export const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, name: `article ${id}`, price: id % 100, amount: 3, tags: ['a', 'b'] }));
