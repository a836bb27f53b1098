const settings = Object.freeze({ size: 1 });

exports.kindOfThis = function () {
  return typeof this;
};

exports.write = () => {
  settings.size = 2;
  return 'nothing';
};

exports.writeLater = async () => {
  settings.size = 2;
  return 'nothing';
};
