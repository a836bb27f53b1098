/**
 * esbuild keeps the names of functions and classes by a call for each when a file is loaded, which costs time and memory: needless where the name is the
 * one that the language gives. Where it had to rename something, the call stays.
 */

/** Edits: start, end, and what stands there instead. */
export function withoutNeedlessNames(tree) {
  const edits = [];
  visit(tree, {}, edits);
  return edits;
}

/** `named`: what an anonymous function or class here is called; `inClass`: the name of the class around. */
function visit(node, { named, inClass }, edits) {
  const kept = keptName(node);
  if (kept !== undefined) {
    const [target] = node.arguments;
    if (target.type !== 'Identifier' && target.type !== 'ThisExpression' && kept === (target.id?.name ?? named)) {
      edits.push([node.start, target.start, '('], [target.end, node.end, ')']);
    }
  }
  if (node.type === 'ExpressionStatement' && isNamedSo(node.expression, 'Identifier', node.expression.arguments?.[0]?.name)) {
    edits.push([node.start, node.end, '']);
    return;
  }
  if (node.type === 'StaticBlock' && node.body.length === 1 && isNamedSo(node.body[0].expression, 'ThisExpression', inClass)) {
    edits.push([node.start, node.end, '']);
    return;
  }
  const isClass = node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
  const around = { named: kept === undefined ? nameGivenBy(node) : named, inClass: isClass ? (node.id?.name ?? named) : inClass };
  for (const child of childrenOf(node)) visit(child, around, edits);
}

function isNamedSo(call, type, name) {
  const kept = keptName(call);
  return kept !== undefined && call.arguments[0].type === type && kept === name;
}

/** Of a call of esbuild's `__name(fn, 'name')`. */
function keptName(node) {
  return node?.type === 'CallExpression' && node.callee.name === '__name' ? node.arguments[1].value : undefined;
}

function nameGivenBy(node) {
  if (node.type === 'VariableDeclarator') return node.id.name;
  if ((node.type !== 'Property' && node.type !== 'PropertyDefinition') || node.computed) return undefined;
  return node.key.type === 'PrivateIdentifier' ? `#${node.key.name}` : node.key.name;
}

export function childrenOf(node) {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value?.type === 'string');
}
