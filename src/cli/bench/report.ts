/**
 * `--report`: one page that needs nothing else, neither a network nor a server.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PoolSizeResult } from '../../benchmark/index.js';
import { escaped } from '../escaped.js';
import { reportBody } from './report-body.js';

export async function writeReport(file: string, result: PoolSizeResult, before?: PoolSizeResult): Promise<void> {
  await writeFile(file, await page(result, before));
}

async function page(result: PoolSizeResult, before: PoolSizeResult | undefined): Promise<string> {
  const [script, style] = await Promise.all([asset('report-page.js'), asset('report-page.css')]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Which pool size? ${escaped(result.function)}</title>
<style>${style}</style>
</head>
<body>
${reportBody(result)}
<script type="application/json" id="result">${inScript(JSON.stringify({ result, before }))}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}

/** From the package's own folder: where this file ends up in it is the build's business. */
async function asset(name: string): Promise<string> {
  const root = dirname(createRequire(import.meta.url).resolve('run-in-executor/package.json'));
  return readFile(join(root, 'dist/src/cli', name), 'utf8');
}

/** What would end the element cannot stand in it. */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
