const { readFileSync } = require('node:fs');
const bcrypt = require('bcryptjs');
const lodash = require('lodash');
const { runInExecutor } = require('run-in-executor');
const { onAThread, wordCount } = require('./text-cjs.cjs');

const rows = [
  { k: 'a', n: 1 },
  { k: 'b', n: 2 },
  { k: 'a', n: 3 },
];
const salt = '$2b$04$abcdefghijklmnopqrstuu';

(async () => {
  console.log(
    JSON.stringify({
      builtin: [await runInExecutor(readFileSync, 'package.json', 'utf8'), readFileSync('package.json', 'utf8')],
      package: [await runInExecutor(lodash.groupBy, rows, 'k'), lodash.groupBy(rows, 'k')],
      statefulPackage: [await runInExecutor(bcrypt.hashSync, 'pw', salt), bcrypt.hashSync('pw', salt)],
      ownFile: [await runInExecutor(wordCount, 'three short words'), wordCount('three short words')],
      elsewhere: [await runInExecutor(onAThread), true],
    }),
  );
})();
