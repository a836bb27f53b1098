// biome-ignore-all format: a table, one case a line
// Bytes: compression, images, hashes and keys; native addons beside pure JavaScript.

import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { hashSync as hashNative, verifySync } from '@node-rs/bcrypt';
import { crc32, crc32c } from '@node-rs/crc32';
import { xxh3, xxh32 } from '@node-rs/xxhash';
import { Resvg, renderAsync } from '@resvg/resvg-js';
import bcrypt from 'bcryptjs';
import { gunzipSync, gzipSync, strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import jpeg from 'jpeg-js';
import { customAlphabet, customRandom, nanoid } from 'nanoid';
import * as pako from 'pako';
import { deflate, gzip, ungzip } from 'pako';
import { PNG } from 'pngjs';
import { compressSync, uncompressSync } from 'snappy';
import nacl from 'tweetnacl';
import { v4, v5, validate } from 'uuid';

const salt = '$2b$04$abcdefghijklmnopqrstuu';
const seed = new Uint8Array(32).fill(7);
const bytes = utf8ToBytes('the quick brown fox '.repeat(20));
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>';
const key = sha256(utf8ToBytes('key'));
const pair = nacl.sign.keyPair.fromSeed(seed);

export default [
  { name: 'bcryptjs: hashSync', make: () => ({ fn: bcrypt.hashSync, args: ['secret', salt] }) },
  { name: 'bcryptjs: compareSync, captured', make: () => ({ fn: (password) => bcrypt.compareSync(password, bcrypt.hashSync('secret', salt)), args: ['secret'] }) },
  { name: '@node-rs/bcrypt: hashSync and verifySync (native)', make: () => ({ fn: (password) => verifySync(password, hashNative(password, { cost: 4 })), args: ['secret'] }) },
  { name: '@node-rs/bcrypt: verifySync by reference (native)', make: () => ({ fn: verifySync, args: ['secret', bcrypt.hashSync('secret', salt)] }) },
  { name: '@node-rs/crc32: crc32 (native)', make: () => ({ fn: crc32, args: [Buffer.from('hello')] }) },
  { name: '@node-rs/crc32: two native functions in a closure', make: () => ({ fn: (b) => [crc32(b), crc32c(b)], args: ['hello'] }) },
  { name: '@node-rs/xxhash: xxh32 (native)', make: () => ({ fn: xxh32, args: ['hello', 3] }) },
  { name: '@node-rs/xxhash: a BigInt result of a native namespace', make: () => ({ fn: (s) => xxh3.xxh64(s), args: ['hello'] }) },
  { name: '@node-rs/xxhash: a member of the namespace itself', make: () => ({ fn: xxh3.xxh64, args: ['hello'] }) },
  { name: 'snappy: compressSync (native)', make: () => ({ fn: compressSync, args: [Buffer.from(bytes)] }) },
  { name: 'snappy: there and back in a closure', make: () => ({ fn: (text) => uncompressSync(compressSync(text), { asBuffer: false }), args: ['aaaaaaaaaaaaaaaa'] }) },
  { name: '@resvg/resvg-js: render in the task (native class)', make: () => ({ fn: (source) => new Resvg(source).render().asPng(), args: [svg] }) },
  { name: '@resvg/resvg-js: renderAsync gives width and height', make: () => ({ fn: async (source) => { const image = await renderAsync(source, {}); return [image.width, image.height]; }, args: [svg] }) },
  { name: 'pako: deflate', make: () => ({ fn: deflate, args: [bytes] }) },
  { name: 'pako: gzip and ungzip in a closure', make: () => ({ fn: (text) => ungzip(gzip(text, { level: 9 }), { toText: true }), args: ['hello hello hello'] }) },
  { name: 'pako: an Inflate object fed in chunks', make: () => ({ fn: inflateInChunks, args: [pako.deflate(bytes)] }) },
  { name: 'fflate: gzipSync', make: () => ({ fn: gzipSync, args: [bytes, { mtime: 1 }] }) },
  { name: 'fflate: zipSync then unzipSync', make: () => ({ fn: (files) => Object.keys(unzipSync(zipSync(files))), args: [{ 'a.txt': strToU8('a'), 'b/c.txt': strToU8('c') }] }) },
  { name: 'fflate: strFromU8 of gunzipSync', make: () => ({ fn: (b) => strFromU8(gunzipSync(b)), args: [zlib.gzipSync('zipped')] }) },
  { name: 'pngjs: PNG.sync.write', make: () => ({ fn: PNG.sync.write, args: [{ width: 2, height: 1, data: Buffer.from([255, 0, 0, 255, 0, 255, 0, 255]) }] }) },
  { name: 'pngjs: PNG.sync.read in a closure', make: () => ({ fn: (b) => { const { width, height, data } = PNG.sync.read(b); return { width, height, data }; }, args: [PNG.sync.write({ width: 1, height: 1, data: Buffer.from([1, 2, 3, 255]) })] }) },
  { name: 'jpeg-js: encode', make: () => ({ fn: jpeg.encode, args: [{ width: 8, height: 8, data: Buffer.alloc(256, 128) }, 50] }) },
  { name: 'jpeg-js: decode', make: () => ({ fn: jpeg.decode, args: [jpeg.encode({ width: 8, height: 8, data: Buffer.alloc(256, 128) }, 50).data, { useTArray: true }] }) },
  { name: 'tweetnacl: hash', make: () => ({ fn: nacl.hash, args: [bytes] }) },
  { name: 'tweetnacl: sign.detached with a captured key', make: () => ({ fn: (message) => nacl.sign.detached(message, pair.secretKey), args: [bytes] }) },
  { name: 'tweetnacl: secretbox there and back', make: () => ({ fn: (message) => nacl.secretbox.open(nacl.secretbox(message, seed.subarray(0, 24), seed), seed.subarray(0, 24), seed), args: [bytes] }) },
  { name: '@noble/hashes: sha256, a function with members', make: () => ({ fn: sha256, args: [bytes] }) },
  { name: '@noble/hashes: hmac with the hash as an argument', make: () => ({ fn: hmac, args: [sha256, key, bytes] }) },
  { name: '@noble/hashes: pbkdf2 in a closure', make: () => ({ fn: (password) => bytesToHex(pbkdf2(sha256, password, key, { c: 10, dkLen: 16 })), args: ['pw'] }) },
  { name: '@noble/hashes: an incremental hasher in the task', make: () => ({ fn: (parts) => { const h = sha256.create(); for (const p of parts) h.update(utf8ToBytes(p)); return bytesToHex(h.digest()); }, args: [['a', 'b']] }) },
  { name: '@noble/curves: getPublicKey', make: () => ({ fn: secp256k1.getPublicKey, args: [key] }) },
  { name: '@noble/curves: sign, then verify', make: () => ({ fn: (message) => secp256k1.verify(secp256k1.sign(message, key), message, secp256k1.getPublicKey(key)), args: [key] }) },
  { name: '@noble/curves: ed25519 sign, captured key', make: () => ({ fn: signer(seed), args: [bytes] }) },
  { name: 'uuid: v5', make: () => ({ fn: v5, args: ['hello', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'] }) },
  { name: 'uuid: v4 is a valid id', make: () => ({ fn: v4, args: [] }), compare: (actual, expected) => validate(actual) && actual !== expected },
  { name: 'uuid: v5.URL, a namespace member, in a closure', make: () => ({ fn: (names) => names.map((n) => v5(n, v5.URL)), args: [['a', 'b']] }) },
  { name: 'nanoid: an id of the length asked for', make: () => ({ fn: nanoid, args: [12] }), compare: (actual, expected) => actual.length === expected.length && actual !== expected },
  { name: 'nanoid: customRandom with a random source of one\'s own', make: () => ({ fn: customRandom('abcdef', 10, steady), args: [] }) },
  { name: 'nanoid: customAlphabet', make: () => ({ fn: customAlphabet('xy', 6), args: [] }), compare: (actual) => /^[xy]{6}$/.test(actual) },
  { name: 'node: createHash in a closure', make: () => ({ fn: (b) => createHash('sha1').update(b).digest('hex'), args: [bytes] }) },
];

function inflateInChunks(data) {
  const inflate = new pako.Inflate();
  for (let at = 0; at < data.length; at += 8) inflate.push(data.subarray(at, at + 8), at + 8 >= data.length);
  return inflate.result;
}

function signer(secret) {
  return (message) => ed25519.sign(message, secret);
}

function steady(size) {
  return new Uint8Array(size).map((_v, i) => i * 7);
}
