/**
 * Words that mean something else away from where they were written (`this` of an arrow, `import.meta` …) become variables of
 * the same width: four letters for `this`, eleven for `import.meta`.
 */
import { Unsendable } from '../described.js';
import type { Node, ParsedFunction } from './parse.js';
import { type Patch, unusedNames } from './patches.js';
import type { Uses } from './uses.js';

/** What a variable that stands for a word is filled with. */
export type Word = 'this' | 'new.target' | 'import.meta';

export interface Words {
  readonly patches: readonly Patch[];
  readonly variables: ReadonlyMap<Word, string>;
}

/** Throws Unsendable for what no variable can stand for. */
export function replaceWords(text: string, { shift, form }: ParsedFunction, uses: Uses): Words {
  refuse(uses);
  // A method is not made without its class: see describe/member.ts.
  if (form === 'member') refusePrivate(uses);
  const names = unusedNames(text);
  names.next();
  const patches: Patch[] = [];
  const variables = new Map<Word, string>();
  for (const [word, nodes] of [
    ['this', uses.outerThis],
    ['new.target', uses.outerNewTarget],
    ['import.meta', uses.importMeta],
  ] as const) {
    if (nodes.length === 0) continue;
    const name = names.next(word.length).value;
    variables.set(word, name);
    for (const node of nodes) patches.push(replacement(node, shift, name));
  }
  return { patches, variables };
}

function replacement({ start, end }: Node, shift: number, name: string): Patch {
  return { start: start - shift, end: end - shift, with: name };
}

function refuse({ directEval }: Uses): void {
  if (directEval) {
    throw new Unsendable(
      'a function that calls eval(), which may use any variable around it',
      'export it from a module, or call (0, eval)(…), which sees only globals',
    );
  }
}

/** Of what uses a private name, and was not made inside of its class. */
export function refusePrivate({ outerPrivate: [name] }: Pick<Uses, 'outerPrivate'>, wayOut = OWN_METHOD): void {
  if (name !== undefined)
    throw new Unsendable(`a function that uses the private name #${name} of a class around it`, wayOut, 'private name');
}

const OWN_METHOD = 'send an object of that class and call a method of it there, or export the class from a module';
