// What the ES module programs import.
export const constant = 100;
export let live = 'first';
export function setLive(value) {
  live = value;
}
export function double(x) {
  return x * 2;
}
export default function (x) {
  return `default ${x}`;
}
export const tools = { nested: { triple: (x) => x * 3 } };
export class Counter {
  constructor(from) {
    this.at = from;
  }
  next() {
    this.at = step(this.at);
    return this.at;
  }
}

function step(n) {
  return n + 1;
}
