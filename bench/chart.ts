/**
 * Ratios as bars, on a logarithmic scale: twice as good is as far from 1 as half as good.
 */
import { installed } from './peers/installed.js';
import type { ScenarioResult } from './results.js';
import { OURS } from './scenario.js';

interface VegaLite {
  compile(spec: object): { readonly spec: object };
}

interface Vega {
  parse(spec: object): object;
  readonly View: new (runtime: object, options: object) => { toSVG(): Promise<string> };
}

/** Undefined where nobody has a ratio. */
export async function chart({ title, tables, baseline }: ScenarioResult): Promise<string | undefined> {
  const values = tables.flatMap(({ case: name, figure, rows }) =>
    rows
      .filter(({ ratio }) => ratio !== undefined)
      .map(({ contestant, ratio }) => ({ what: `${name}: ${figure.name}`, contestant, ratio })),
  );
  if (values.length === 0) return undefined;
  const { compile } = await installed<VegaLite>('vega-lite');
  const { parse, View } = await installed<Vega>('vega');
  const svg = await new View(parse(compile(spec(title, baseline, values)).spec), { renderer: 'none' }).toSVG();
  return `${svg}\n`;
}

function spec(title: string, baseline: string, values: readonly object[]): object {
  return {
    title: { text: title, subtitle: `ratio, ${baseline} = 1; further right is better`, anchor: 'start' },
    background: 'white',
    data: { values },
    facet: { field: 'what', title: null, sort: null, header: { labelAnchor: 'start', labelFontWeight: 'bold' } },
    columns: 2,
    spec: {
      width: 300,
      height: { step: 16 },
      layer: [{ mark: { type: 'bar', tooltip: false } }, { mark: { type: 'rule', color: '#444' }, encoding: { x: { datum: 1 } } }],
      encoding: {
        y: { field: 'contestant', sort: null, title: null },
        x: { field: 'ratio', type: 'quantitative', scale: { type: 'log' }, title: null, axis: { format: '~g', grid: false } },
        x2: { datum: 1 },
        color: { condition: { test: `datum.contestant === '${OURS}'`, value: '#d9480f' }, value: '#adb5bd' },
      },
    },
  };
}
