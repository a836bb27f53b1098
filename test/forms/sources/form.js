// biome-ignore-all lint: a fragment: ways/ puts the fragments of a flavour together into one program
// How the fragments beside this file write down what must hold.
//   same(name, () => [fn, ...args], literal?)     the executor gives what the direct call gives (and what the literal says)
//   streams(name, () => [fn, ...args], literal)   as many values, in order, through `stream`
//   form(name, async (run) => actual, expected)   anything else; `direct: false` where a direct call would differ
const forms = [];

function form(name, run, expected, options = {}) {
  forms.push({ name, run, expected: () => expected, ...options });
}

function same(name, make, literal, options = {}) {
  const direct = async () => {
    const [fn, ...args] = make();
    return fn(...args);
  };
  forms.push({
    name,
    run: (run) => run(...make()),
    expected: direct,
    literal,
    ...options,
  });
}

function streams(name, make, literal) {
  forms.push({
    name,
    run: async (run) => {
      const values = [];
      for await (const value of run.stream(...make())) values.push(value);
      return values;
    },
    expected: () => literal,
  });
}

/** What a call that must fail fails with. */
async function failure(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    return error;
  }
}

/** The name of the one variable that `fn` gives, as it is in the running program: a minifier may have changed it. */
function nameIn(fn) {
  return /(?:=>|return)\s*([\w$]+)/.exec(String(fn))[1];
}
