// A CommonJS package of the usual shapes: members, a function with members, a class, a getter as bundlers write it.
function callable(text) {
  return `called ${text}`;
}
callable.loud = (text) => callable(text).toUpperCase();

class Box {
  constructor(content) {
    this.content = content;
  }
  open() {
    return unwrap(this);
  }
}

function unwrap(box) {
  return box.content;
}

exports.whisper = (text) => `${text.toLowerCase()}…`;
exports.callable = callable;
exports.Box = Box;
Object.defineProperty(exports, 'lazy', { enumerable: true, get: () => (text) => lazyPrefix + text });
const lazyPrefix = 'lazy ';
