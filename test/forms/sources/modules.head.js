// biome-ignore-all lint: a fragment
import * as helpers from './helper.mjs';
import helperDefault, { Counter, double, double as renamed } from './helper.mjs';
import { viaIndex } from './index.mjs';
import commonHelper from './helper.cjs';
import * as pathNamespace from 'node:path';
import pathDefault, { join } from 'node:path';
import { createRequire } from 'node:module';
import * as forms_package from 'forms-package';
import data from './data.json' with { type: 'json' };

globalThis.formsProgramRan = 1;
const awaited = { value: await Promise.resolve('awaited') };
const requireHere = createRequire(import.meta.url);
const topThis = () => this === undefined;
export function exported(x) { return 7 + x + 3; }
export default function defaultExport(x) { return `default export ${x}`; }
export let exportedLet = 'let';
