// The list: functions of well-known packages that must give through an executor what the direct call gives,
// written down before the work that carries them. A case is
//   { name: 'package: what', make: () => ({ fn, args }), compare?: (actual, expected) => boolean,
//     throws?: { name?, message?, is? }, expect?: { code, path } }
// `expect` marks what cannot cross: it is refused with that code, by a path that contains `path`.
import bytes from './functions/bytes.mjs';
import code from './functions/code.mjs';
import collections from './functions/collections.mjs';
import dates from './functions/dates.mjs';
import formats from './functions/formats.mjs';
import handed from './functions/handed.mjs';
import numbers from './functions/numbers.mjs';
import refused from './functions/refused.mjs';
import templates from './functions/templates.mjs';
import validation from './functions/validation.mjs';

export default [...collections, ...templates, ...validation, ...formats, ...code, ...numbers, ...dates, ...bytes, ...handed, ...refused];
