// Every way of running the forms. A way is
//   { name, title, prepare?(project), args | () => args, input?, holdInput?, from?: first Node, accept?, loose? }
import bundles from './bundles.mjs';
import flags from './flags.mjs';
import inline from './inline.mjs';
import plain from './plain.mjs';
import runners from './runners.mjs';
import typescript from './typescript.mjs';

export const ways = [...plain, ...typescript, ...runners, ...bundles, ...inline, ...flags];
