import Table from 'cli-table3';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { paint, width } from '../terminal.js';
import { columnsFor } from './columns.js';

/** One row a size; the recommended one is marked. A narrow terminal gets fewer columns. */
export function table(result: PoolSizeResult, columns = width()): string {
  const shown = columnsFor(columns);
  const drawn = new Table({
    head: shown.map(({ head }) => head),
    colAligns: shown.map(() => 'right'),
    // Colours are ours to give: the library's own would also go into a pipe.
    style: { head: [], border: [], compact: true },
    chars: PLAIN,
  });
  for (const size of result.sizes) drawn.push(shown.map(({ of }) => of(size, result)));
  return drawn
    .toString()
    .split('\n')
    .map((line, at) => {
      if (at === 0) return paint('dim', line);
      return result.sizes[at - 1]?.threads === result.answer.threads ? paint(['bold', 'green'], line) : line;
    })
    .join('\n');
}

/** No lines but the spaces between columns: they copy well into an issue. */
const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};
