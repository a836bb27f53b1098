exports.viaSelf = (x) => 100 + x;
exports.viaImports = function viaImports(x) {
  return 1000 + x;
};
exports.conditionOf = () => 'require';
