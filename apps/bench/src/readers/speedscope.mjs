import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

const SITE = join(
  dirname(createRequire(import.meta.url).resolve('speedscope/package.json')),
  'dist',
  'release',
);
const KINDS = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/**
 * The first row of speedscope's Sandwich table, as it shows it: the function that allocates the most itself. Speedscope has no
 * importer outside of its page, so the page is served and opened.
 *
 * @param {import('playwright-core').Browser} browser @param {string} file
 */
export async function readWithSpeedscope(browser, file) {
  const name = `/profile/${file.split(/[\\/]/).at(-1)}`;
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const served = path === name ? file : join(SITE, path === '/' ? 'index.html' : path);
    response.setHeader('content-type', KINDS[extname(served)] ?? 'application/octet-stream');
    response.end(readFileSync(served));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const site = `http://127.0.0.1:${server.address().port}`;
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  try {
    await page.goto(`${site}/#profileURL=${encodeURIComponent(site + name)}`);
    await page.getByText('Sandwich').click();
    const cells = (await page.locator('tr', { hasText: '%' }).first().innerText()).split(/\s*\t\s*/);
    const [, self = '', symbol = ''] = cells;
    return { name: symbol.trim(), self: self.replace(/ \(.*/, '').trim() };
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Bytes in speedscope's words; without a unit in a format that tells none. */
export function inSpeedscopesWords(bytes, hasUnit) {
  if (!hasUnit) return bytes.toLocaleString('en-US');
  if (bytes < 1024) return `${bytes.toFixed(0)} B`;
  const [divisor, unit] =
    bytes < 1024 ** 2 ? [1024, 'KB'] : bytes < 1024 ** 3 ? [1024 ** 2, 'MB'] : [1024 ** 3, 'GB'];
  return `${(bytes / divisor).toFixed(2)} ${unit}`;
}
