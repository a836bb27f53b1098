// biome-ignore-all format: a table, one case a line
// Data formats: parsers and writers, compiled codecs, query languages.

import { decode as decodeMsgpack, ExtensionCodec, encode as encodeMsgpack } from '@msgpack/msgpack';
import avro from 'avsc';
import cbor from 'cbor';
import { parse as parseCsv } from 'csv-parse/sync';
import { stringify as writeCsv } from 'csv-stringify/sync';
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import jmespath from 'jmespath';
import * as jsYaml from 'js-yaml';
import jsonata from 'jsonata';
import mime from 'mime-types';
import { Packr, pack, unpack } from 'msgpackr';
import Papa from 'papaparse';
import protobuf from 'protobufjs';
import qs from 'qs';
import YAML, { Document, isMap, parseDocument, stringify as writeYaml } from 'yaml';

const csv = 'id,name,score\n1,"Ada, Countess",9.5\n2,Grace,10\n';
const data = { name: 'Ada', langs: ['fr', 'en'], nested: { deep: [1, 2.5, null, true] } };
const yamlText = 'a: 1\nlist:\n  - x\n  - {y: 2}\nref: &r {z: 3}\nsame: *r\n';
const xml = '<rows count="2"><row id="1">a &amp; b</row><row id="2"><![CDATA[<c>]]></row></rows>';
const point = avro.Type.forValue({ x: 1, y: 2.5, label: 'p' });
const Message = protobuf.parse('syntax = "proto3"; message Person { string name = 1; int32 age = 2; repeated string tags = 3; }').root.lookupType('Person');

export default [
  { name: 'papaparse: parse', make: () => ({ fn: Papa.parse, args: [csv, { header: true, dynamicTyping: true }] }) },
  { name: 'papaparse: parse with a transform function', make: () => ({ fn: Papa.parse, args: [csv, { header: true, transform: (v, column) => `${column}:${v}` }] }) },
  { name: 'papaparse: unparse', make: () => ({ fn: Papa.unparse, args: [[{ a: 1, b: 'x,y' }]] }) },
  { name: 'csv-parse/sync: parse with columns', make: () => ({ fn: parseCsv, args: [csv, { columns: true }] }) },
  { name: 'csv-parse/sync: cast and on_record functions', make: () => ({ fn: parseCsv, args: [csv, { columns: true, cast: (v, context) => (context.column === 'score' ? Number(v) : v), on_record: (r) => ({ ...r, n: r.name.length }) }] }) },
  { name: 'csv-stringify/sync: stringify', make: () => ({ fn: writeCsv, args: [[{ a: 1, b: 'x"y' }], { header: true }] }) },
  { name: 'yaml: parse', make: () => ({ fn: YAML.parse, args: [yamlText] }) },
  { name: 'yaml: stringify, the named export', make: () => ({ fn: writeYaml, args: [data] }) },
  { name: 'yaml: parse with a reviver', make: () => ({ fn: (source) => YAML.parse(source, (key, value) => (key === 'a' ? value + 1 : value)), args: [yamlText] }) },
  { name: 'yaml: a Document made here, captured', make: () => ({ fn: documentReader(new Document({ a: [1, 2] })), args: [] }) },
  { name: 'yaml: parseDocument in the task', make: () => ({ fn: (source) => { const doc = parseDocument(source); doc.setIn(['list', 0], 'changed'); return [isMap(doc.contents), doc.toString()]; }, args: [yamlText] }) },
  { name: 'js-yaml: load', make: () => ({ fn: jsYaml.load, args: [yamlText] }) },
  { name: 'js-yaml: dump', make: () => ({ fn: jsYaml.dump, args: [data, { sortKeys: true }] }) },
  { name: 'js-yaml: a YAMLException for bad text', make: () => ({ fn: jsYaml.load, args: ['a: [1'] }), throws: { name: 'YAMLException' } },
  { name: 'fast-xml-parser: parse, bound', make: () => bound(new XMLParser({ ignoreAttributes: false }), 'parse', [xml]) },
  { name: 'fast-xml-parser: a parser with functions in its options', make: () => bound(new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'row', tagValueProcessor: (_n, v) => v.trim() }), 'parse', [xml]) },
  { name: 'fast-xml-parser: build in a closure', make: () => ({ fn: (value) => new XMLBuilder({ ignoreAttributes: false }).build(value), args: [{ a: { '@_id': '1', b: ['x', 'y'] } }] }) },
  { name: 'fast-xml-parser: the validator', make: () => ({ fn: XMLValidator.validate, args: ['<a><b></a>'] }) },
  { name: 'qs: parse', make: () => ({ fn: qs.parse, args: ['a[b]=1&a[c][]=2&a[c][]=3'] }) },
  { name: 'qs: stringify with an encoder function', make: () => ({ fn: qs.stringify, args: [{ a: { b: ['x y'] } }, { encoder: (s, encode) => encode(s).toUpperCase() }] }) },
  { name: 'mime-types: lookup', make: () => ({ fn: mime.lookup, args: ['a/b/file.html'] }) },
  { name: 'mime-types: contentType of several', make: () => ({ fn: (files) => files.map((f) => mime.contentType(f)), args: [['x.json', 'y.png', 'z.unknown']] }) },
  { name: 'iconv-lite: encode gives a Buffer', make: () => ({ fn: iconv.encode, args: ['häß€', 'win1252'] }) },
  { name: 'iconv-lite: decode takes a Buffer', make: () => ({ fn: iconv.decode, args: [Buffer.from([0x82, 0xa0, 0x82, 0xa2]), 'Shift_JIS'] }) },
  { name: 'protobufjs: a generated type, captured', make: () => ({ fn: protoReader(Message), args: [{ name: 'Ada', age: 36, tags: ['x'] }] }) },
  { name: 'protobufjs: parsed inside the task', make: () => ({ fn: (proto, value) => { const T = protobuf.parse(proto).root.lookupType('M'); return T.toObject(T.decode(T.encode(value).finish())); }, args: ['syntax = "proto3"; message M { repeated int32 n = 1; }', { n: [1, 2, 300] }] }) },
  { name: 'msgpackr: pack gives a Buffer', make: () => ({ fn: pack, args: [data] }) },
  { name: 'msgpackr: unpack', make: () => ({ fn: unpack, args: [pack(data)] }) },
  { name: 'msgpackr: a Packr with records, in the task', make: () => ({ fn: (rows) => { const packr = new Packr({ useRecords: true }); return packr.unpack(packr.pack(rows)); }, args: [[{ a: 1 }, { a: 2 }]] }) },
  { name: '@msgpack/msgpack: encode', make: () => ({ fn: encodeMsgpack, args: [data] }) },
  { name: '@msgpack/msgpack: decode', make: () => ({ fn: decodeMsgpack, args: [encodeMsgpack(data)] }) },
  { name: '@msgpack/msgpack: an extension codec with closures', make: () => ({ fn: extended(), args: [new Set([1, 2])] }) },
  { name: 'cbor: encode', make: () => ({ fn: cbor.encode, args: [data] }) },
  { name: 'cbor: decodeFirstSync', make: () => ({ fn: cbor.decodeFirstSync, args: [cbor.encode(data)] }) },
  { name: 'cbor: a Tagged value, in the task', make: () => ({ fn: (n) => cbor.decode(cbor.encode(new cbor.Tagged(42, n))).value, args: [7] }) },
  { name: 'avsc: toBuffer of a type with generated code', make: () => ({ fn: (value) => point.toBuffer(value), args: [{ x: 3, y: 0.5, label: 'q' }] }) },
  { name: 'avsc: a type made inside the task', make: () => ({ fn: (schema, value) => { const type = avro.Type.forSchema(schema); return { ...type.fromBuffer(type.toBuffer(value)) }; }, args: [{ type: 'record', name: 'R', fields: [{ name: 'a', type: 'int' }] }, { a: 5 }] }) },
  { name: 'jsonata: a compiled expression, captured', make: () => ({ fn: jsonataReader(jsonata('$sum(rows.(price * n))')), args: [{ rows: [{ price: 2, n: 3 }, { price: 1, n: 4 }] }] }) },
  { name: 'jsonata: compiled in the task', make: () => ({ fn: async (source, input) => [...(await jsonata(source).evaluate(input))], args: ['rows[n > 1].n', { rows: [{ n: 1 }, { n: 2 }, { n: 3 }] }] }) },
  { name: 'jmespath: search', make: () => ({ fn: jmespath.search, args: [{ people: [{ n: 'a', age: 30 }, { n: 'b', age: 50 }] }, 'people[?age > `40`].n'] }) },
];

function bound(object, method, args) {
  return { fn: object[method].bind(object), args };
}

function documentReader(document) {
  return () => document.toString();
}

function protoReader(Type) {
  return (value) => Type.toObject(Type.decode(Type.encode(Type.create(value)).finish()));
}

function extended() {
  const extensionCodec = new ExtensionCodec();
  extensionCodec.register({
    type: 0,
    encode: (value) => (value instanceof Set ? encodeMsgpack([...value]) : null),
    decode: (bytes) => new Set(decodeMsgpack(bytes)),
  });
  return (value) => decodeMsgpack(encodeMsgpack(value, { extensionCodec }), { extensionCodec });
}

function jsonataReader(expression) {
  return (input) => expression.evaluate(input);
}
