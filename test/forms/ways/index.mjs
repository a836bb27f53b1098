// Every way of running the forms. A way is
//   { name, title, group, prepare?(project), args | () => args, note?, input?, holdInput?, from?: first Node,
//     accept?: errors that are a good answer, except?: forms that do not apply, only?: the only ones that do }
import bundles from './bundles.mjs';
import flags from './flags.mjs';
import inline from './inline.mjs';
import plain from './plain.mjs';
import runners from './runners.mjs';
import typescript from './typescript.mjs';

export const ways = [
  ...grouped('files', plain),
  ...grouped('TypeScript', typescript),
  ...grouped('test runners', runners),
  ...grouped('bundles', bundles),
  ...grouped('no file', inline),
  ...grouped('flags, threads', flags),
];

function grouped(group, list) {
  return list.map((way) => ({ group, ...way }));
}
