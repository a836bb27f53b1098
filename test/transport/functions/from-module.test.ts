import { expect, test } from 'vitest';
import { disprove, describe as look } from '../../../src/transport/describe/describe.js';
import { fromModule } from '../../../src/transport/functions/from-module.js';

// biome-ignore lint/suspicious/noExplicitAny: a module that does not exist has no types
type Exports = any;

test('a function is named by its module and its export, and nothing is loaded', () => {
  const { render } = fromModule<Exports>(new URL('file:///nowhere/report.js'));
  expect(look(render).description).toEqual({ way: 'reference', module: 'file:///nowhere/report.js', path: ['render'], loader: 'import' });
});

test('members of exports are named too, and the same name is the same function', () => {
  const module = fromModule<Exports>('/nowhere/report.js');
  expect(look(module.Report.parse).description).toMatchObject({ module: 'file:///nowhere/report.js', path: ['Report', 'parse'] });
  expect(module.render).toBe(module.render);
  expect(look(module.render).id).toBe(look(module.render).id);
});

test("a package's name means what the calling file would import", () => {
  expect(look(fromModule<Exports>('eslint-scope').analyze).description).toMatchObject({
    module: expect.stringMatching(/eslint-scope\/lib\/index\.js$/) as string,
  });
  expect(look(fromModule<Exports>('node:zlib').gzipSync).description).toMatchObject({ module: 'node:zlib' });
});

test.for(['./report.js', '../report.js', '.'])('a path relative to nothing, %s, is refused with what to write', (path) => {
  expect(() => fromModule(path)).toThrow(TypeError);
  expect(() => fromModule(path)).toThrow(`fromModule(new URL(${JSON.stringify(path)}, import.meta.url))`);
});

test('a package that is not installed is refused', () => {
  expect(() => fromModule('no-such-package-anywhere')).toThrow('Cannot find the package "no-such-package-anywhere"');
});

test.for([undefined, null, 1, {}])('%s is no module', (module) => {
  expect(() => fromModule(module as unknown as string)).toThrow(TypeError);
});

test('calling such a function here says where to pass it', () => {
  expect(() => fromModule<Exports>('/nowhere/report.js').Report.parse()).toThrow('Cannot call Report.parse here');
});

test('it looks like no promise and can be printed', async () => {
  const module = fromModule<Exports>('/nowhere/report.js');
  expect(await Promise.resolve(module)).toBe(module);
  expect(String(module.render)).toContain('function');
  expect(module.render.name).toBe('render');
});

test('exports called name, length or bind are exports', () => {
  const { name, bind } = fromModule<Exports>('/nowhere/report.js');
  expect(look(bind).description).toMatchObject({ path: ['bind'] });
  expect(look(name).description).toMatchObject({ path: ['name'] });
});

test('one that a thread does not find is refused, and never goes another way', () => {
  const { render } = fromModule<Exports>('/nowhere/report.js');
  disprove(look(render).id);
  expect(() => look(render)).toThrow('no function of the module that it was said to be in: file:///nowhere/report.js#render');
});
