/** The calls by which TypeScript, esbuild and SWC apply a class's decorators, found in the text behind the class. */
import type { Surroundings } from './file.js';
import { expressionAt, type Node } from './parse.js';

export interface Application {
  /** The class, by one of its names. */
  readonly self: string;
  readonly isStatic: boolean;
  /** Undefined: the class itself is decorated. */
  readonly key: string | undefined;
  /** A method or an accessor, whose descriptor decorators get. */
  readonly isMember: boolean;
  readonly decorators: readonly Node[];
}

/** `let Dto = Dto_1 = class Dto`: all of them. */
export function namesOfClass({ text, offset }: Surroundings, original: string): readonly string[] {
  const own = /^class\s+(?!extends\b)([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(original)?.[1];
  const names = new Set(own === undefined ? [] : [own]);
  let before = text.slice(Math.max(0, offset - FARTHEST_NAME), offset);
  for (let found = ASSIGNED.exec(before); found !== null; found = ASSIGNED.exec(before)) {
    names.add(found[1] as string);
    before = before.slice(0, found.index);
  }
  return [...names];
}

/** Up to another class of the name: a bundle may have several. */
export function* applicationsIn({ text, offset }: Surroundings, original: string, selves: readonly string[]): Generator<Application> {
  const end = offset + original.length;
  const rest = text.slice(end);
  if (selves.length === 0) return;
  const name = `(?:${selves.map((each) => each.replaceAll('$', '\\$')).join('|')})`;
  const another = rest.search(new RegExp(`(?<![\\w$.])(?:class\\s+${name}(?![\\w$])|${name}\\s*=\\s*class\\b)`));
  for (const { index, 0: call } of (another < 0 ? rest : rest.slice(0, another)).matchAll(CALL)) {
    const found = application(argumentsAt(text, end + index + call.indexOf('(')), selves);
    if (found !== undefined) yield found;
  }
}

/** What stands in parentheses reads as a sequence. */
function argumentsAt(text: string, start: number): readonly Node[] {
  const parts = expressionAt(text, start)?.expressions as Node[] | undefined;
  return (parts?.[0]?.type === 'SequenceExpression' ? (parts[0].expressions as Node[]) : parts) ?? [];
}

function application([list, target, key, kind]: readonly Node[], selves: readonly string[]): Application | undefined {
  const isStatic = target?.type === 'Identifier';
  const self = (isStatic ? target : (target?.object as Node | undefined))?.name;
  if (list?.type !== 'ArrayExpression' || typeof self !== 'string' || !selves.includes(self)) return undefined;
  if (!isStatic && (target?.property as Node | undefined)?.name !== 'prototype') return undefined;
  if (key !== undefined && typeof key.value !== 'string') return undefined;
  return {
    self,
    isStatic,
    key: key?.value as string | undefined,
    // TypeScript and SWC say `null`, esbuild 1.
    isMember: kind?.type === 'Literal' && (kind.value === null || kind.value === 1),
    decorators: (list.elements as (Node | null)[]).filter((each) => each !== null),
  };
}

/** `__decorate([`, `(0, tslib_1.__decorate)([`, `__decorateClass([`, `_ts_decorate([`. */
const CALL = /decorate\w*\)?\(\s*\[/gi;
const ASSIGNED = /(?<![\p{ID_Continue}$.])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=\s*$/u;
const FARTHEST_NAME = 300;
