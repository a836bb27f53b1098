/** What packing can ask of what is around functions and classes. Needs the inspector. */

import { privateFieldsOf } from '../inspect/privates.js';
import type { PackOptions } from '../values/walk.js';
import { describeMembers } from './class-members.js';
import { makerOf } from './makers.js';
import { noticeLooseSymbols, noticeSymbols, privateStores } from './private-stores.js';
import { describeObject, describePrototype } from './stand-ins.js';
import { isConstant, noteConstants } from './statics.js';

// Not these functions themselves: they are loaded when something is asked of them.

/** Where instances of a class have what their class alone can put there. */
export const aroundClasses = {
  makerOf: (prototype) => makerOf(prototype),
  privateStores: (type) => privateStores(type),
  noticeSymbols: (type, symbols) => (type === undefined ? noticeLooseSymbols(symbols) : noticeSymbols(type, symbols)),
  noteConstants: (type, description) => noteConstants(type, description),
  isConstant: (value) => isConstant(value),
} satisfies Partial<PackOptions>;

/** The same and more for a call: the function that it is for knows where it comes from. */
export const outbound = {
  ...aroundClasses,
  outbound: true,
  describeObject: (value, among) => (among === 'prototypes' ? describePrototype(value) : describeObject(value, among)),
  describeMembers: (type, options) => describeMembers(type, options),
  privateFieldsOf: (instance) => privateFieldsOf(instance),
} satisfies Partial<PackOptions>;
