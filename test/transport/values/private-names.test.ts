import { expect, test } from 'vitest';
import type { AnyFunction } from '../../../src/transport/any-function.js';
import { hasPrivateNames } from '../../../src/transport/values/private-names.js';

const classes: [string, AnyFunction, boolean][] = [
  [
    'a field',
    class {
      #a = 1;
      a() {
        return this.#a;
      }
    },
    true,
  ],
  [
    'a method',
    class {
      #a() {}
      a() {
        this.#a();
      }
    },
    true,
  ],
  [
    'an accessor',
    class {
      get #a() {
        return 1;
      }
      a() {
        return this.#a;
      }
    },
    true,
  ],
  [
    'a field called like a static one of another class',
    class {
      static inner = class {
        static #a = 1;
        a() {
          return this.#b;
        }
        #b = 2;
      };
      #a = 1;
      a() {
        return this.#a;
      }
    },
    true,
  ],
  [
    'a static field only',
    class {
      static #a = 1;
      a() {
        return Object.keys({ a: 1 });
      }
      static b(type: object) {
        return #a in type;
      }
    },
    false,
  ],
  [
    'an inner class only',
    class {
      a() {
        return class {
          #a = 1;
          a() {
            return this.#a;
          }
        };
      }
    },
    false,
  ],
  [
    'a # in a string, a regular expression, a template and a comment',
    class {
      a = '#f00';
      b = /#b/;
      c = `#c`; /* #d */
    },
    false,
  ],
  ['none', class {}, false],
  [
    'a base with some, which counts by itself',
    class extends class {
      #a = 1;
      a() {
        return this.#a;
      }
    } {},
    false,
  ],
  [
    'a function of old',
    function Old() {
      return '#a';
    },
    false,
  ],
];

test.each(classes)('%s', (_, type, expected) => expect(hasPrivateNames(type)).toBe(expected));
