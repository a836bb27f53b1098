/**
 * Reads the import declarations at the head of a module's text, TypeScript's included, and stops at the first other statement:
 * a few microseconds, where a parser would read the whole file and balk at types.
 */
export interface ImportDeclaration {
  readonly specifier: string;
  /** What is bound: `default`, `*` for the namespace, or an export's name, each with the local name. */
  readonly names: readonly { readonly imported: string; readonly local: string }[];
}

export function importsAtHead(text: string): ImportDeclaration[] {
  const reader = new Reader(text);
  const imports: ImportDeclaration[] = [];
  reader.skipPrologue();
  while (true) {
    const keyword = reader.next();
    if (keyword !== 'import' && keyword !== 'export') return imports;
    const tokens = reader.upToSpecifier();
    const specifier = tokens.pop();
    if (specifier === undefined) return imports;
    reader.skipAttributes();
    const isTypeOnly = tokens[0] === 'type' && tokens[1] !== 'from' && tokens[1] !== ',';
    if (!isTypeOnly) imports.push({ specifier, names: keyword === 'import' ? boundNames(tokens) : [] });
  }
}

/** `a, { b, type C, d as e }` and `* as ns`, with the `from` at the end. */
function boundNames(tokens: readonly string[]): { imported: string; local: string }[] {
  const names: { imported: string; local: string }[] = [];
  let inBraces = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (token === '{' || token === '}') inBraces = token === '{';
    if (!isName(token) || (token === 'from' && !inBraces && index === tokens.length - 1)) {
      if (token !== '*') continue;
    }
    if (token === 'type' && inBraces && isName(tokens[index + 1]) && tokens[index + 1] !== 'as') {
      // `type C` or `type C as D`
      index += tokens[index + 2] === 'as' ? 3 : 1;
      continue;
    }
    const renamed = tokens[index + 1] === 'as' ? tokens[index + 2] : undefined;
    if (renamed !== undefined) index += 2;
    names.push({ imported: inBraces || token === '*' ? unquoted(token) : 'default', local: renamed ?? token });
  }
  return names;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  skipPrologue(): void {
    this.#take(/^\uFEFF?(?:#!.*)?/y);
    while (this.#take(DIRECTIVE) !== undefined);
  }

  next(): string | undefined {
    this.#take(SPACE);
    return this.#take(TOKEN);
  }

  /** The tokens from here to the module's name, which is the last; nothing where this is no import (`import(…)`, `export const`). */
  upToSpecifier(): string[] {
    const tokens: string[] = [];
    let depth = 0;
    while (true) {
      const next = this.next();
      if (next === undefined) return [];
      if (next === '{') depth++;
      if (next === '}') depth--;
      if (isQuoted(next) && depth === 0) return tokens.length === 0 || tokens.at(-1) === 'from' ? [...tokens, unquoted(next)] : [];
      tokens.push(next);
      if (tokens.length > MOST_TOKENS || (tokens[0] !== undefined && notBinding.has(tokens[0]))) return [];
    }
  }

  skipAttributes(): void {
    this.#take(ATTRIBUTES);
    while (this.#take(/[\s;]+/y) !== undefined);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }
}

function isName(token: string | undefined): boolean {
  return token !== undefined && (/^[\p{ID_Start}$_]/u.test(token) || isQuoted(token));
}

function isQuoted(token: string): boolean {
  return token.startsWith('"') || token.startsWith("'");
}

function unquoted(token: string): string {
  return isQuoted(token) ? token.slice(1, -1) : token;
}

const SPACE = /(?:[\s;]+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*/y;
// Each comment ends in one place only: webpack begins files with thousands, and two ways to read them would take for ever to try.
const DIRECTIVE = /(?:\s|\/\/[^\n\r]*[\n\r]|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:'use [^'\n]*'|"use [^"\n]*")[\s;]*/y;
const TOKEN = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*|[{},*]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/uy;
const ATTRIBUTES = /\s*(?:with|assert)\s*\{[^}]*\}/y;
/** What follows `export` where nothing is imported. */
const notBinding = new Set([
  'default',
  'const',
  'let',
  'var',
  'function',
  'class',
  'async',
  'enum',
  'interface',
  'declare',
  'abstract',
  'namespace',
]);
/** A barrel of some hundred names is long; a whole file that is none must not be read to its end. */
const MOST_TOKENS = 3_000;
