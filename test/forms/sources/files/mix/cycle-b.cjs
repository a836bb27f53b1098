const a = require('./cycle-a.cjs');
module.exports = { name: 'b', back: () => `${a.name} via b` };
