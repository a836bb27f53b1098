// An ES module package with a helper that it keeps to itself.
export function shout(text) {
  return `${upper(text)}!`;
}

export function shouter(mark) {
  return (text) => `${upper(text)}${mark}`;
}

export function counter() {
  let calls = 0;
  return (x) => {
    calls = increment(calls);
    return x + calls;
  };
}

const upper = (text) => text.toUpperCase();
const increment = (n) => n + 1;
