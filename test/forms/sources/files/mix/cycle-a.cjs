exports.name = 'a';
const b = require('./cycle-b.cjs');
exports.other = () => b.name;
exports.viaOther = () => b.back();
