/**
 * Where compilers apply the decorators of a class, found in the syntax tree of its file. By what they are called with, for what they are
 * called is anybody's: `__decorate`, `_ts_decorate`, `(0, x.default)`, `v`.
 */
import { childrenOf, type Node } from '../syntax/parse.js';

export interface Application {
  /** Undefined: the class itself is decorated. */
  readonly key: string | undefined;
  readonly isStatic: boolean;
  /** `legacy`: decorators of TypeScript's older kind, of a method or an accessor where they get its descriptor. Else what a standard one is told. */
  readonly kind: 'legacy' | 'legacy member' | 'class' | 'field' | 'method' | 'getter' | 'setter' | 'accessor';
  readonly decorators: readonly Node[];
}

/** What the file says of one class. */
export interface DecoratedClass {
  readonly names: readonly string[];
  readonly applications: readonly Application[];
  /** What a variable around the class was set to, if that happened once. */
  readonly valueIn: (name: string) => Node | undefined;
}

/** `offset`, `end`: where the class's text stands. Undefined for a class without any. */
export function decoratedClass(program: Node, offset: number, end: number): DecoratedClass | undefined {
  const path = pathTo(program, offset, end);
  if (path.length === 0) return undefined;
  const names = namesOf(path);
  const regions = path
    .slice(0, -1)
    .filter(({ type }) => REGION.test(type))
    .reverse();
  const { calls, assigned, kept } = happeningsIn(regions[0] ?? program);
  const known = { names: new Set(names), assigned, kept };
  const applications = calls.flatMap((call) =>
    call.end > offset ? applicationsBy(call, known, call.start > offset && call.end < end) : [],
  );
  applications.push(...wrappedIn(path, assigned));
  if (applications.length === 0) return undefined;
  const valueIn = (name: string): Node | undefined => {
    const around = regions.map(happeningsIn).find((each) => each.assigned.has(name));
    return around?.again.has(name) === false ? around.assigned.get(name) : undefined;
  };
  return { names, applications, valueIn };
}

/** The nodes around the class or function, and itself. */
function pathTo(program: Node, offset: number, end: number): readonly Node[] {
  const path: Node[] = [];
  for (let node: Node | undefined = program; node !== undefined; ) {
    path.push(node);
    if (node.start === offset && node.end === end && TYPE.test(node.type)) return path;
    node = [...childrenOf(node)].find((child) => child.start <= offset && child.end >= end);
  }
  return [];
}

/** `let Dto = Dto_1 = class Dto`, and Babel's `_dec(_class = class Dto {…}) || _class`: all of them. */
function namesOf(path: readonly Node[]): readonly string[] {
  const own = (path.at(-1) as Node).id as Node | null;
  const names = new Set(own == null ? [] : [own.name as string]);
  for (const node of path.slice(0, -1).reverse()) {
    if (!PASSES_ON.test(node.type)) break;
    const target = (node.type === 'VariableDeclarator' ? node.id : node.left) as Node | undefined;
    if (target?.type === 'Identifier') names.add(target.name as string);
  }
  return [...names];
}

interface Happenings {
  readonly calls: Node[];
  /** By the variable's name. */
  readonly assigned: Map<string, Node>;
  /** Variables that were set more than once. */
  readonly again: Set<string>;
  /** Calls whose result is put into a variable. */
  readonly kept: Set<Node>;
}

/** Calls and assignments that run where the classes of a block are made: none in functions. Once a block: a file may have hundreds of classes. */
function happeningsIn(region: Node): Happenings {
  let found = happenings.get(region);
  if (found === undefined) {
    found = { calls: [], assigned: new Map(), again: new Set(), kept: new Set() };
    for (const child of childrenOf(region)) gather(child, found);
    happenings.set(region, found);
  }
  return found;
}

function gather(node: Node, found: Happenings): void {
  const declared = node.type === 'FunctionDeclaration' ? (node.id as Node).name : undefined;
  if (typeof declared === 'string') found.assigned.set(declared, node);
  if (FUNCTION.test(node.type)) return;
  if (node.type === 'CallExpression') found.calls.push(node);
  const isAssignment = node.type === 'AssignmentExpression';
  const target = (isAssignment ? node.left : node.type === 'VariableDeclarator' ? node.id : undefined) as Node | undefined;
  const value = (isAssignment ? node.right : node.init) as Node | null | undefined;
  if (target?.type === 'Identifier' && value) {
    if (found.assigned.has(target.name as string)) found.again.add(target.name as string);
    found.assigned.set(target.name as string, value);
    found.kept.add(value);
  }
  for (const child of childrenOf(node)) gather(child, found);
}

const happenings = new WeakMap<Node, Happenings>();

interface Known extends Pick<Happenings, 'assigned' | 'kept'> {
  readonly names: ReadonlySet<string>;
}

function applicationsBy(call: Node, known: Known, isInside: boolean): Application[] {
  const [first, second, third, fourth, fifth] = call.arguments as (Node | undefined)[];
  if (first === undefined || second === undefined) return [];
  // TypeScript, esbuild, SWC and oxc: ([…], Dto.prototype, "name", kind)
  const place = first.type === 'ArrayExpression' ? placeOf(second, known, isInside) : undefined;
  if (place !== undefined && (third === undefined ? known.kept.has(call) : isKey(third))) {
    // TypeScript and SWC say `null`, esbuild 1.
    const isMember = fourth?.type === 'Literal' && (fourth.value === null || fourth.value === 1);
    return [
      { ...place, key: third?.value as string | undefined, kind: isMember ? 'legacy member' : 'legacy', decorators: listOf(first, known) },
    ];
  }
  // Babel: (_class.prototype, "name", [_dec], {…})
  const home = isKey(second) && third?.type === 'ArrayExpression' && fourth !== undefined ? placeOf(first, known, isInside) : undefined;
  if (home !== undefined) {
    const kind = (fourth as Node).type === 'CallExpression' ? 'legacy member' : 'legacy';
    return [{ ...home, key: second.value as string, kind, decorators: listOf(third as Node, known) }];
  }
  if (fifth !== undefined && typeof second.value === 'number' && isKey(third)) return standardOfEsbuild(call, known);
  if (fourth?.type === 'ObjectExpression') return standardOfTypeScript(third as Node, fourth, known);
  if (!isInside && !isName(first, known)) return [];
  const all = [second, third].flatMap((list) => (list === undefined ? [] : standardOfBabel(list, call, known, isInside)));
  return all.sort((a, b) => turnOf(a) - turnOf(b));
}

function placeOf(target: Node, known: Known, isInside: boolean): { readonly isStatic: boolean } | undefined {
  if (isName(target, known) || (isInside && target.type === 'ThisExpression')) return { isStatic: true };
  const isPrototype = target.type === 'MemberExpression' && (target.property as Node).name === 'prototype';
  return isPrototype && placeOf(target.object as Node, known, isInside) !== undefined ? { isStatic: false } : undefined;
}

function isName(node: Node, { names }: Known): boolean {
  return node.type === 'Identifier' && names.has(node.name as string);
}

function isKey(node: Node | undefined): node is Node & { readonly value: string } {
  return node?.type === 'Literal' && typeof node.value === 'string';
}

/** `(_init, 5, "name", _name_dec, Dto)`; the private ones are told of a variable of theirs. */
function standardOfEsbuild({ arguments: given }: Node, known: Known): Application[] {
  const [, flags, name, list, target] = given as [Node, Node, Node, Node, Node];
  const kind = OF_ESBUILD[(flags.value as number) & 7];
  if (kind === undefined || (flags.value as number) & 16 || !isName(target, known)) return [];
  const key = kind === 'class' ? undefined : (name.value as string);
  return [{ key, isStatic: ((flags.value as number) & 8) !== 0, kind, decorators: listOf(list, known) }];
}

/** `(this, null, _name_decorators, { kind: "field", name: "name", static: false, … }, …)`, in the class. */
function standardOfTypeScript(list: Node, context: Node, known: Known): Application[] {
  const told = new Map(
    (context.properties as Node[]).map((each) => [(each.key as Node | undefined)?.name, each.value as Node | undefined]),
  );
  const kind = told.get('kind')?.value as Application['kind'] | undefined;
  if (kind === undefined || !told.has('metadata') || told.get('private')?.value === true) return [];
  const key = told.get('name')?.value;
  if (kind !== 'class' && typeof key !== 'string') return [];
  const isStatic = told.get('static')?.value === true;
  return [{ key: kind === 'class' ? undefined : (key as string), isStatic, kind, decorators: listOf(list, known) }];
}

/** `(this, [classDecorators], [[_dec, flags, "name"], …])`, in that order or the other. */
function standardOfBabel(list: Node, call: Node, known: Known, isInside: boolean): Application[] {
  const elements = (list.elements ?? []) as Node[];
  const all = (call.arguments as Node[]).slice(1, 3);
  if (elements.length > 0 && elements.every(isMemberOfBabel))
    return elements.flatMap(({ elements: parts }) => {
      const [decorators, flags, name, own] = parts as [Node, Node & { value: number }, Node, Node?];
      const isOfSwc = all[0] === list;
      const kind = OF_BABEL[isOfSwc ? flags.value % 5 : flags.value & 7];
      // What is private comes with its accessors.
      if (kind === undefined || own !== undefined || !isKey(name)) return [];
      const isStatic = isOfSwc ? flags.value >= 5 : (flags.value & 8) !== 0;
      return [{ key: name.value, isStatic, kind, decorators: listOf(decorators, known) }];
    });
  const others = all.find((each) => each !== list);
  const members = (others?.type === 'ArrayExpression' ? others.elements : undefined) as Node[] | undefined;
  const isOfClass = elements.length > 0 && members?.every(isMemberOfBabel) === true && (isInside || members.length > 0);
  return isOfClass ? [{ key: undefined, isStatic: true, kind: 'class', decorators: listOf(list, known) }] : [];
}

/** As the language says: methods and accessors, then fields, static ones first; the class at last. */
function turnOf({ kind, isStatic }: Application): number {
  return (kind === 'class' ? 4 : kind === 'field' ? 2 : 0) + (isStatic ? 0 : 1);
}

function isMemberOfBabel(node: Node): boolean {
  const [decorators, flags, name] = (node.type === 'ArrayExpression' ? node.elements : []) as (Node | undefined)[];
  return decorators !== undefined && typeof flags?.value === 'number' && name !== undefined;
}

/** Of Babel's older ones: `_dec(_class = class Dto {…}) || _class`. */
function wrappedIn(path: readonly Node[], assigned: ReadonlyMap<string, Node>): Application[] {
  return path.slice(0, -1).flatMap((node) => {
    const callee = node.type === 'CallExpression' ? (node.callee as Node) : undefined;
    const made = callee?.type === 'Identifier' ? assigned.get(callee.name as string) : undefined;
    const isOne = made !== undefined && made.type !== 'ArrowFunctionExpression' && (node.arguments as Node[]).length === 1;
    return isOne ? [{ key: undefined, isStatic: true, kind: 'legacy' as const, decorators: [made] }] : [];
  });
}

/** The decorators, behind the variables that compilers put them in. */
function listOf(node: Node, known: Known): readonly Node[] {
  const list = node.type === 'Identifier' ? (known.assigned.get(node.name as string) ?? node) : node;
  const elements = (list.type === 'ArrayExpression' ? list.elements : [list]) as (Node | null)[];
  return elements.flatMap((each) => {
    if (each === null) return [];
    const made = each.type === 'Identifier' ? known.assigned.get(each.name as string) : undefined;
    // `_dec = IsString()`; a decorator that the file itself declares is asked for by its name.
    return made === undefined || /Function/.test(made.type) ? [each] : made.type === 'ArrayExpression' ? listOf(made, known) : [made];
  });
}

const FUNCTION = /Function(?:Expression|Declaration)$/;
const REGION = /^(?:Program|BlockStatement|StaticBlock)$/;
const TYPE = /^(?:Class|Function)(?:Expression|Declaration)$/;
const PASSES_ON = /^(?:VariableDeclarator|AssignmentExpression|SequenceExpression|LogicalExpression|CallExpression)$/;
const OF_ESBUILD = ['class', 'method', 'getter', 'setter', 'accessor', 'field'] as const;
const OF_BABEL = ['field', 'accessor', 'method', 'getter', 'setter'] as const;
