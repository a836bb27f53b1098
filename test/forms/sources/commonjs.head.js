// biome-ignore-all lint: a fragment
const path = require('node:path');
const common = require('./helper.cjs');
const { halve } = require('./helper.cjs');
const { whisper, callable, Box } = require('forms-common');
const lazy = require('forms-common').lazy;
exports.exported = function (x) { return x + 10; };
