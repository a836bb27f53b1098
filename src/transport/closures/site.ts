/**
 * What all functions made at one place of the source have in common: their text, and what it needs from around it.
 * Parsed once, however many closures come from there.
 */

import type { StandIn } from '../protocol.js';
import { withoutPast } from '../syntax/classes.js';
import { namePattern } from '../syntax/name-pattern.js';
import { type ParsedFunction, parseFunction } from '../syntax/parse.js';
import { type Uses, usesOf } from '../syntax/uses.js';
import { replaceWords, type Words } from '../syntax/words.js';
import type { Place } from './file.js';

export interface Site {
  /** Absent where it does not matter (`new Function`) or cannot be told (no inspector). */
  readonly place: Place | undefined;
  readonly parsed: ParsedFunction;
  /** The text as it stands in the file. */
  readonly original: string;
  /** The name of a function that it assigns to itself, as Babel's helpers do: there, it is a variable's. */
  readonly ownName: string | undefined;
  readonly uses: Uses;
  readonly words: Words;
  /** Its variables that a module imports, once looked up. */
  readonly imports: Map<string, StandIn | undefined>;
  /** Its unknown names: whether a function expression around bears one. */
  readonly outerNames: Map<string, boolean>;
  /** Its variables that it assigns to although they are constants, once looked up. */
  constants: ReadonlySet<string> | undefined;
  /** That of the first function that was seen of it. */
  usualName: string | undefined;
  /** How often captures were read again, and what came of it: see `steadyNames`. */
  readonly reading: { times: number; worthwhile: number; steady: SteadyNames | undefined };
}

/** 'once set': it may be in its dead zone still, which Node 20 shows as `undefined`. */
export type SteadyNames = ReadonlyMap<string, 'always' | 'once set'>;

/** Throws Unsendable for text that can mean nothing elsewhere. */
export function siteOf(text: string, place: Place | undefined): Site {
  const key = place === undefined ? text : `${place.scriptId}:${place.line}:${place.column}`;
  const known = sites.get(key);
  if (known?.original === text) return touch(key, known);
  return touch(key, analyse(text, place));
}

function analyse(original: string, place: Place | undefined): Site {
  const ownName = assignedOwnName(original);
  const parsed = parseFunction(
    ownName === undefined ? original : original.replace(HEAD, (_, head: string) => head + ' '.repeat(ownName.length)),
  );
  const uses = usesOf(withoutPast(parsed));
  return {
    original,
    ownName,
    place,
    parsed,
    uses,
    words: replaceWords(parsed.text, parsed, uses),
    imports: new Map(),
    outerNames: new Map(),
    constants: uses.assigned.size === 0 ? new Set() : undefined,
    usualName: undefined,
    reading: { times: 0, worthwhile: 2, steady: undefined },
  };
}

/** As an expression, which it is in a thread, the function could not assign to its name. */
function assignedOwnName(text: string): string | undefined {
  const name = HEAD.exec(text)?.[2];
  const mayAssign = name !== undefined && new RegExp(`(?<![\\w$.])${namePattern(name)}\\s*=(?![=>])`).test(text);
  return mayAssign ? name : undefined;
}

/** Where its name stands in its text. */
export function placeOfName({ original }: Site): number | undefined {
  return HEAD.exec(original)?.[1]?.length;
}

/** The least recently used go first; they are parsed again if they come back. */
function touch(key: string, site: Site): Site {
  sites.delete(key);
  sites.set(key, site);
  if (sites.size > MOST_SITES) sites.delete(sites.keys().next().value as string);
  return site;
}

/** With its name. */
const HEAD = /^((?:async\s+)?function\s*\*?\s*)([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;

const sites = new Map<string, Site>();
/** A large program sends some hundred different functions; each site holds a syntax tree of some KB. A guess. */
const MOST_SITES = 1_000;
