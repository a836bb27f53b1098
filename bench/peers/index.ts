/** Everybody, ours first. */
import { jestWorker } from './jest-worker.js';
import { ours } from './ours.js';
import type { Peer } from './peer.js';
import { piscina, piscinaTuned } from './piscina.js';
import { poolifier } from './poolifier.js';
import { raw } from './raw.js';
import { tinypool } from './tinypool.js';
import { workerpool } from './workerpool.js';

export const peers: readonly Peer[] = [ours, piscina, piscinaTuned, tinypool, workerpool, poolifier, jestWorker, raw];
