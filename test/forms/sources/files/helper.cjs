'use strict';
exports.halve = function halve(x) {
  return x / divisor();
};

function divisor() {
  return 2;
}
