import { pbkdf2Sync } from 'node:crypto';

/** Blocks for some 80 ms, though Node has `pbkdf2`, which does not. */
export function passwordHash(password, salt) {
  return pbkdf2Sync(password, salt, 200_000, 64, 'sha512').toString('hex');
}
