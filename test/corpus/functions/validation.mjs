// biome-ignore-all format: a table, one case a line
// Validators: generated code, schema objects with methods, closures over both.
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fastJson from 'fast-json-stringify';
import Joi from 'joi';
import { array, assert as assertStruct, coerce, create, defaulted, define, is, number, object, StructError, string } from 'superstruct';
import validator from 'validator';
import * as yup from 'yup';
import { z } from 'zod';
import { named } from './setup/zod.mjs';

const personSchema = {
  type: 'object',
  required: ['name', 'age'],
  properties: { name: { type: 'string', minLength: 1 }, age: { type: 'integer', minimum: 0 }, email: { type: 'string', format: 'email' }, tags: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
  additionalProperties: false,
};
const person = { name: 'Ada', age: 36, email: 'ada@example.org', tags: ['a', 'b'] };
const personZod = z.object({ name: z.string().min(1), age: z.number().int().nonnegative(), tags: z.array(z.string()).default([]) });
const personJoi = Joi.object({ name: Joi.string().min(1).required(), age: Joi.number().integer().min(0) });
const personYup = yup.object({ name: yup.string().required(), age: yup.number().integer().min(0) });
const personStruct = object({ name: string(), age: number(), tags: array(string()) });

export default [
  { name: 'ajv: a compiled validator, valid', make: () => ({ fn: ajv().compile(personSchema), args: [person] }) },
  { name: 'ajv: a compiled validator, invalid', make: () => ({ fn: ajv().compile(personSchema), args: [{ name: '', age: 1.5 }] }) },
  { name: 'ajv: errors read from the validator', make: () => ({ fn: withErrors(ajv().compile(personSchema)), args: [{ name: '', age: -1, extra: 1 }] }) },
  { name: 'ajv: a recursive schema', make: () => ({ fn: ajv().compile({ $id: 'tree', type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } }, value: { type: 'number' } }, required: ['value'] }), args: [{ value: 1, children: [{ value: 2 }] }] }) },
  { name: 'ajv: patterns, enums, oneOf', make: () => ({ fn: ajv().compile({ oneOf: [{ type: 'string', pattern: '^a+$' }, { enum: [1, 2] }] }), args: ['aaa'] }) },
  { name: 'ajv: useDefaults changes the copy only', make: () => ({ fn: defaulting(new Ajv({ useDefaults: true }).compile({ type: 'object', properties: { n: { type: 'number', default: 7 } } })), args: [{}] }) },
  { name: 'ajv: a keyword of one\'s own', make: () => ({ fn: evenAjv().compile({ type: 'number', even: true }), args: [3] }) },
  { name: 'ajv: compiled inside the task', make: () => ({ fn: (schema, value) => new Ajv().compile(schema)(value), args: [{ type: 'string' }, 'x'] }) },
  { name: 'ajv-formats: date-time and uuid', make: () => ({ fn: formatted().compile({ type: 'object', properties: { at: { type: 'string', format: 'date-time' }, id: { type: 'string', format: 'uuid' } } }), args: [{ at: '2024-02-30T00:00:00Z', id: 'nope' }] }) },
  { name: 'ajv-formats: validator captured by a filter', make: () => ({ fn: (rows) => rows.filter((row) => formatted().validate({ type: 'string', format: 'ipv4' }, row)), args: [['1.2.3.4', 'x']] }) },
  { name: 'fast-json-stringify: a built serializer', make: () => ({ fn: fastJson({ type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } } }), args: [person] }) },
  { name: 'fast-json-stringify: nested arrays and dates', make: () => ({ fn: fastJson({ type: 'object', properties: { at: { type: 'string', format: 'date-time' }, list: { type: 'array', items: { type: 'object', properties: { n: { type: 'number' } } } } } }), args: [{ at: new Date(86_400_000), list: [{ n: 1.5 }, { n: 2 }] }] }) },
  { name: 'fast-json-stringify: built in the task', make: () => ({ fn: (schema, value) => fastJson(schema)(value), args: [{ type: 'array', items: { type: 'string' } }, ['a"b']] }) },
  { name: 'zod: parse, bound', make: () => ({ fn: personZod.parse.bind(personZod), args: [person] }) },
  { name: 'zod: the detached parse of a schema', make: () => ({ fn: z.string().email().parse, args: ['ada@example.org'] }) },
  { name: 'zod: a schema captured by a closure', make: () => ({ fn: zodReader(z.object({ id: z.coerce.number(), at: z.coerce.date() })), args: [{ id: '42', at: '2024-01-01' }] }) },
  { name: 'zod: refine and transform with closures', make: () => ({ fn: zodReader(z.string().transform((s) => s.length).refine((n) => n > 2, 'too short')), args: ['abc'] }) },
  { name: 'zod: a discriminated union', make: () => ({ fn: zodReader(z.discriminatedUnion('t', [z.object({ t: z.literal('a'), n: z.number() }), z.object({ t: z.literal('b'), s: z.string() })])), args: [{ t: 'b', s: 'x' }] }) },
  { name: 'zod: safeParse of a bad value, its issues', make: () => ({ fn: (value) => personZod.safeParse(value).error.issues.map((i) => [i.path.join('.'), i.code]), args: [{ name: '', age: -1 }] }) },
  { name: 'zod: a parse that throws ZodError', make: () => ({ fn: (value) => named.parse(value), args: [{ name: 1 }] }), throws: { name: 'ZodError', message: /expected string, received number/ } },
  { name: 'zod: a lazy recursive schema', make: () => ({ fn: zodReader(lazyTree()), args: [{ v: 1, kids: [{ v: 2, kids: [] }] }] }) },
  { name: 'joi: attempt', make: () => ({ fn: (value) => Joi.attempt(value, personJoi), args: [{ name: 'Ada', age: '36' }] }) },
  { name: 'joi: validate, bound', make: () => ({ fn: personJoi.validate.bind(personJoi), args: [{ name: 'Ada', age: 3 }] }) },
  { name: 'joi: a schema made here, captured', make: () => ({ fn: joiReader(Joi.array().items(Joi.number().min(2)).max(3)), args: [[1, 2, 3, 4]] }) },
  { name: 'joi: a custom rule with a closure', make: () => ({ fn: joiReader(Joi.string().custom((v) => v.trim())), args: [' x '] }) },
  { name: 'yup: validateSync, bound', make: () => ({ fn: personYup.validateSync.bind(personYup), args: [{ name: 'Ada', age: '36' }] }) },
  { name: 'yup: a schema made here, captured', make: () => ({ fn: yupReader(yup.array().of(yup.string().matches(/^a/)).min(1)), args: [['ab', 'ac']] }) },
  { name: 'yup: an error of validation keeps its name', make: () => ({ fn: (value) => personYup.validateSync(value), args: [{ age: 1 }] }), throws: { name: 'ValidationError', message: /name/ } },
  { name: 'superstruct: is', make: () => ({ fn: is, args: [{ name: 'a' }, object({ name: string() })] }) },
  { name: 'superstruct: create with defaults', make: () => ({ fn: structReader(object({ n: defaulted(number(), 5), s: coerce(string(), number(), (n) => `${n}`) })), args: [{ s: 12 }] }) },
  { name: 'superstruct: a define\'d rule', make: () => ({ fn: structReader(define('Even', (v) => v % 2 === 0)), args: [4] }) },
  { name: 'superstruct: assert throws StructError', make: () => ({ fn: (value) => assertStruct(value, personStruct), args: [{ name: 'a', age: 'b', tags: [] }] }), throws: { is: StructError, message: /age/ } },
  { name: 'validator: isEmail', make: () => ({ fn: validator.isEmail, args: ['a.b@example.org'] }) },
  { name: 'validator: isURL with options', make: () => ({ fn: validator.isURL, args: ['ftp://x.org', { protocols: ['https'] }] }) },
  { name: 'validator: a table of checks', make: () => ({ fn: (values) => values.map((v) => [validator.isIP(v), validator.isInt(v), validator.escape(v)]), args: [['1.1.1.1', '12', '<x>']] }) },
];

function ajv() {
  return new Ajv({ allErrors: true, formats: { email: /^[^@]+@[^@]+$/ } });
}

function formatted() {
  const made = new Ajv();
  addFormats.default(made);
  return made;
}

function evenAjv() {
  return new Ajv().addKeyword({ keyword: 'even', type: 'number', validate: (wanted, n) => (n % 2 === 0) === wanted });
}

function withErrors(validate) {
  return (value) => {
    validate(value);
    return validate.errors.map((e) => [e.instancePath, e.keyword]);
  };
}

function defaulting(validate) {
  return (value) => [validate(value), value];
}

function zodReader(schema) {
  return (value) => schema.parse(value);
}

function lazyTree() {
  const tree = z.object({ v: z.number(), get kids() { return z.array(tree); } });
  return tree;
}

function joiReader(schema) {
  return (value) => {
    const { value: read, error } = schema.validate(value);
    return [read, error?.details.map((d) => d.type)];
  };
}

function yupReader(schema) {
  return (value) => schema.validateSync(value);
}

function structReader(struct) {
  return (value) => create(value, struct);
}
