/** What packing a call can ask for beyond packing a result: the function it is for knows its surroundings. Needs the inspector. */

import { privateFieldsOf } from '../inspect/privates.js';
import type { PackOptions } from '../values/walk.js';
import { describeMembers } from './class-members.js';
import { makerOf } from './makers.js';
import { noticeLooseSymbols, noticeSymbols, privateStores } from './private-stores.js';
import { describeObject } from './stand-ins.js';
import { isConstant, noteConstants } from './statics.js';

// Not these functions themselves: they are loaded when something is asked of them.
export const outbound = {
  outbound: true,
  describeObject: (value, among) => describeObject(value, among),
  describeMembers: (type, options) => describeMembers(type, options),
  makerOf: (prototype) => makerOf(prototype),
  privateStores: (type) => privateStores(type),
  noticeSymbols: (type, symbols) => (type === undefined ? noticeLooseSymbols(symbols) : noticeSymbols(type, symbols)),
  noteConstants: (type, description) => noteConstants(type, description),
  isConstant: (value) => isConstant(value),
  privateFieldsOf: (instance) => privateFieldsOf(instance),
} satisfies Partial<PackOptions>;
