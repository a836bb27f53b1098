// biome-ignore-all format: a table, one case a line
// What comes back is used: functions, classes and instances that a task has made, and data with more on it than loops show.
import { isDeepStrictEqual } from 'node:util';
import Ajv from 'ajv';
import { scaleLinear } from 'd3-scale';
import Handlebars from 'handlebars';
import * as ion from 'ion-js';
import Joi from 'joi';
import _ from 'lodash';
import ndarray from 'ndarray';
import pug from 'pug';
import * as R from 'ramda';
import Immutable from 'seamless-immutable';
import { proxy, snapshot } from 'valtio/vanilla';
import * as yup from 'yup';

const used = (use) => (actual, expected) => isDeepStrictEqual(use(actual), use(expected));
const closed = Immutable({ rows: [{ n: 1 }], at: new Date(0) });
const state = proxy({ n: 1, inner: { m: 2 }, get sum() { return this.n + this.inner.m; } });
const struct = ion.load('{a: 1, b: ["x", 2.5]}');

export default [
  { name: 'ramda: a curried function handed back', make: () => ({ fn: R.add, args: [1] }), compare: used((add) => add(2)) },
  { name: 'ramda: a pipe made in the task', make: () => ({ fn: () => R.pipe(R.add(1), R.multiply(2)), args: [] }), compare: used((fn) => fn(3)) },
  { name: 'lodash: curry handed back', make: () => ({ fn: () => _.curry((a, b, c) => [a, b, c]), args: [] }), compare: used((fn) => fn(1)(2)(3)) },
  { name: 'lodash: partial handed back', make: () => ({ fn: () => _.partial((a, b) => a - b, 5), args: [] }), compare: used((fn) => fn(3)) },
  { name: 'lodash: template', make: () => ({ fn: _.template, args: ['<%- name %>!'] }), compare: used((render) => render({ name: '<a>' })) },
  { name: 'handlebars: compile', make: () => ({ fn: Handlebars.compile, args: ['{{#each list}}{{this}},{{/each}}'] }), compare: used((render) => render({ list: [1, 2] })) },
  { name: 'pug: compile', make: () => ({ fn: pug.compile, args: ['p= name'] }), compare: used((render) => render({ name: '<a>' })) },
  { name: 'ajv: a validator compiled in the task', make: () => ({ fn: (schema) => new Ajv().compile(schema), args: [{ type: 'number', minimum: 2 }] }), compare: used((validate) => [validate(3), validate(1), validate.errors.map((e) => e.message)]) },
  { name: 'd3-scale: a scale made in the task', make: () => ({ fn: () => scaleLinear([0, 10], ['red', 'blue']), args: [] }), compare: used((scale) => [scale(5), scale.domain()]) },
  { name: 'yup: a schema made in the task', make: () => ({ fn: () => yup.object({ n: yup.number().required() }), args: [] }), compare: used((schema) => schema.cast({ n: '3' })) },
  { name: 'joi: a schema made in the task', make: () => ({ fn: () => Joi.object({ n: Joi.number().min(2) }), args: [] }), compare: used((schema) => String(schema.validate({ n: 1 }).error)) },
  { name: 'ndarray: an array of a class that was generated', make: () => ({ fn: () => ndarray(new Float64Array([1, 2, 3, 4]), [2, 2]), args: [] }), compare: used((array) => [array.get(1, 0), array.transpose(1, 0).get(1, 0)]) },
  { name: 'seamless-immutable: made in the task', make: () => ({ fn: Immutable, args: [{ rows: [{ n: 1 }] }] }), compare: used((made) => made.setIn(['rows', 0, 'n'], 5).asMutable({ deep: true })) },
  { name: 'seamless-immutable: as an argument', make: () => ({ fn: (given) => [Immutable.isImmutable(given), given.rows.flatMap((row) => [row.n, row.n]), given.merge({ more: 1 }).more], args: [closed] }) },
  { name: 'valtio: a proxy that its package knows', make: () => ({ fn: () => { state.inner.m++; return [{ ...snapshot(state) }, state.sum]; }, args: [] }), compare: used(([{ n, inner }]) => [n, typeof inner.m]) },
  { name: 'ion-js: a value as an argument', make: () => ({ fn: (value) => [value.get('a').numberValue(), value.get('b', 1).numberValue(), ion.dumpText(value)], args: [struct] }) },
  { name: 'ion-js: a value made in the task', make: () => ({ fn: (text) => ion.load(text), args: ['{n: 5, s: "x"}'] }), compare: used((value) => [value.get('n').numberValue(), value.get('s').stringValue()]) },
];
