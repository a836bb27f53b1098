// biome-ignore-all format: a table, one case a line
// Numbers, geometry, colours: operator classes, compiled expressions, typed arrays.

import { area, bbox, buffer, distance, point, polygon } from '@turf/turf';
import Big from 'big.js';
import BigNumber from 'bignumber.js';
import chroma from 'chroma-js';
import Color from 'color';
import Decimal from 'decimal.js';
import earcut, { flatten } from 'earcut';
import { all, create, evaluate, matrix as mathMatrix, multiply, parse, pow } from 'mathjs';
import { inverse, Matrix, SingularValueDecomposition, solve } from 'ml-matrix';
import * as ss from 'simple-statistics';
import { linearRegression, mean, quantile } from 'simple-statistics';

const square = polygon([[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]);

export default [
  { name: 'mathjs: evaluate', make: () => ({ fn: evaluate, args: ['sqrt(3^2 + 4^2) + a', { a: 1 }] }) },
  { name: 'mathjs: a typed function', make: () => ({ fn: pow, args: [2, 10] }) },
  { name: 'mathjs: multiply of plain arrays', make: () => ({ fn: multiply, args: [[[1, 2], [3, 4]], [[0, 1], [1, 0]]] }) },
  { name: 'mathjs: a compiled expression\'s evaluate', make: () => ({ fn: parse('x^2 + y').compile().evaluate, args: [{ x: 3, y: 1 }] }) },
  { name: 'mathjs: units and matrices in the task', make: () => ({ fn: (expression) => String(evaluate(expression)), args: ['(2 inch to cm) * 2'] }) },
  { name: 'mathjs: an instance of one\'s own, in the task', make: () => ({ fn: (expression) => String(create(all, { number: 'BigNumber', precision: 40 }).evaluate(expression)), args: ['1/3'] }) },
  { name: 'mathjs: a DenseMatrix argument', make: () => ({ fn: (m) => multiply(m, 2).toArray(), args: [mathMatrix([[1, 2], [3, 4]])] }) },
  { name: 'decimal.js: an instance argument', make: () => ({ fn: (a, b) => a.plus(b).toString(), args: [new Decimal('0.1'), new Decimal('0.2')] }) },
  { name: 'decimal.js: an instance as the result', make: () => ({ fn: (x) => new Decimal(x).sqrt(), args: ['2'] }), compare: (a, b) => Decimal.isDecimal(a) && a.eq(b) },
  { name: 'decimal.js: a configured clone', make: () => ({ fn: precise(Decimal.clone({ precision: 50 })), args: ['7'] }) },
  { name: 'decimal.js: a static function', make: () => ({ fn: (...values) => Decimal.max(...values).toNumber(), args: [1, '3.5', 2] }) },
  { name: 'big.js: division in a closure', make: () => ({ fn: (a, b) => new Big(a).div(b).toFixed(8), args: ['1', '3'] }) },
  { name: 'big.js: an instance captured', make: () => ({ fn: adding(new Big('0.1')), args: ['0.2'] }) },
  { name: 'bignumber.js: an instance\'s method, bound', make: () => bound(new BigNumber('1e30'), 'plus', ['1'], String) },
  { name: 'bignumber.js: a configured clone', make: () => ({ fn: inBase(BigNumber.clone({ DECIMAL_PLACES: 5 })), args: ['255.5'] }) },
  { name: 'simple-statistics: mean', make: () => ({ fn: mean, args: [[1, 2, 3, 10]] }) },
  { name: 'simple-statistics: linearRegressionLine, a returned function', make: () => ({ fn: ss.linearRegressionLine(linearRegression([[0, 1], [1, 3]])), args: [2] }) },
  { name: 'simple-statistics: several in a closure', make: () => ({ fn: (list) => [quantile(list, 0.5), ss.standardDeviation(list), ss.ckmeans(list, 2)], args: [[1, 2, 9, 10]] }) },
  { name: 'simple-statistics: a trained model, captured', make: () => ({ fn: scoring(trained()), args: [{ species: 'Cat' }] }) },
  { name: 'ml-matrix: a Matrix argument', make: () => ({ fn: (m) => m.mmul(m).to2DArray(), args: [new Matrix([[1, 2], [3, 4]])] }) },
  { name: 'ml-matrix: a Matrix as the result', make: () => ({ fn: inverse, args: [new Matrix([[2, 0], [0, 4]])] }), compare: (a, b) => Matrix.isMatrix(a) && JSON.stringify(a) === JSON.stringify(b) },
  { name: 'ml-matrix: solve in a closure', make: () => ({ fn: (a, b) => solve(new Matrix(a), new Matrix(b)).to1DArray().map((v) => Math.round(v * 1e6) / 1e6), args: [[[2, 1], [1, 3]], [[3], [5]]] }) },
  { name: 'ml-matrix: a decomposition captured', make: () => ({ fn: rankOf(new SingularValueDecomposition(new Matrix([[1, 2], [2, 4]]))), args: [] }) },
  { name: 'earcut: the default export', make: () => ({ fn: earcut, args: [[0, 0, 10, 0, 10, 10, 0, 10]] }) },
  { name: 'earcut: flatten, then triangulate', make: () => ({ fn: (rings) => { const { vertices, holes, dimensions } = flatten(rings); return earcut(vertices, holes, dimensions); }, args: [[[[0, 0], [4, 0], [4, 4], [0, 4]]]] }) },
  { name: '@turf/turf: area', make: () => ({ fn: area, args: [square] }) },
  { name: '@turf/turf: buffer', make: () => ({ fn: buffer, args: [point([0, 0]), 1, { units: 'kilometers', steps: 4 }] }) },
  { name: '@turf/turf: bbox and distance in a closure', make: () => ({ fn: (shape) => [bbox(shape), Math.round(distance([0, 0], [1, 1]))], args: [square] }) },
  { name: 'chroma-js: a scale, captured', make: () => ({ fn: hexOf(chroma.scale(['yellow', 'navy']).mode('lab')), args: [0.3] }) },
  { name: 'chroma-js: mix in the task', make: () => ({ fn: (a, b) => chroma.mix(a, b, 0.5, 'rgb').hex(), args: ['red', 'blue'] }) },
  { name: 'chroma-js: a Color argument', make: () => ({ fn: (c) => c.darken().hex(), args: [chroma('hotpink')] }) },
  { name: 'color: a chain in the task', make: () => ({ fn: (name) => Color(name).lighten(0.5).hex(), args: ['#406080'] }) },
  { name: 'color: an instance captured', make: () => ({ fn: mixing(Color('white')), args: ['black'] }) },
];

function bound(object, method, args, then) {
  const fn = object[method].bind(object);
  return then ? { fn: (...rest) => then(fn(...rest)), args } : { fn, args };
}

function precise(Clone) {
  return (x) => new Clone(1).div(x).toString();
}

function adding(big) {
  return (other) => big.plus(other).toString();
}

function inBase(Clone) {
  return (x) => [new Clone(x).toString(16), new Clone(1).div(3).toString()];
}

function trained() {
  const model = new ss.BayesianClassifier();
  model.train({ species: 'Cat' }, 'animal');
  return model;
}

function scoring(model) {
  return (item) => model.score(item);
}

function rankOf(decomposition) {
  return () => decomposition.rank;
}

function hexOf(scale) {
  return (at) => scale(at).hex();
}

function mixing(base) {
  return (other) => base.mix(Color(other)).hex();
}
