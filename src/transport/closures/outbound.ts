/** What packing a call can ask for beyond packing a result: the function it is for knows its surroundings. Needs the inspector. */
import type { PackOptions } from '../values/walk.js';
import { describeMembers } from './class-members.js';
import { noticeSymbols, privateStores } from './private-stores.js';
import { describeObject } from './stand-ins.js';

export const outbound = { outbound: true, describeObject, describeMembers, privateStores, noticeSymbols } satisfies Partial<PackOptions>;
