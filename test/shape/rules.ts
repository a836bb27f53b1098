/**
 * The two rules that need more than a look at the list of imports.
 */
import ts from 'typescript';
import { root, type SourceFile } from './source.js';

/** Each circle once, as `a → b → a`. */
export function cycles(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, file.imports.flatMap((imported) => imported.file ?? [])]));
  const finished = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || finished.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return found;
}

/** Where a function becomes text: `fn.toString()`, `String(fn)`, a template, `Function.prototype.toString`. Only types can tell. */
export function functionSourceReaders(files: readonly SourceFile[]): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    files.map((file) => file.path),
    options,
  );
  const checker = program.getTypeChecker();
  const isFunction = (node: ts.Expression): boolean => {
    const type = checker.getTypeAtLocation(node);
    return type.getCallSignatures().length + type.getConstructSignatures().length > 0 || type.symbol?.name === 'Function';
  };
  const reads = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node)) return node.name.text === 'toString' && isFunction(node.expression);
    if (ts.isTemplateSpan(node)) return isFunction(node.expression);
    return ts.isCallExpression(node) && node.expression.getText() === 'String' && node.arguments.some(isFunction);
  };
  const found: string[] = [];
  for (const { path } of files) {
    const source = program.getSourceFile(path);
    const visit = (node: ts.Node): void => {
      if (source !== undefined && reads(node))
        found.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText()}`);
      ts.forEachChild(node, visit);
    };
    if (source !== undefined) visit(source);
  }
  return found;
}
