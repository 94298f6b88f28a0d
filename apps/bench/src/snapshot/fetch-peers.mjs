import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BENCH_FOLDER } from './generate-snapshot.mjs';

const run = promisify(execFile);

/** What memx is measured against, and esbuild to bundle the second. Exact versions: a figure names what it was measured with. */
export const PEER_VERSIONS = {
  '@memlab/heap-analysis': '2.0.5',
  'chrome-devtools-frontend': '1.0.1705227',
  esbuild: '0.25.12',
};

/** Chrome DevTools' heap snapshot worker, without the part that answers a browser's messages. */
const DEVTOOLS_ENTRY = `
import './front_end/core/platform/platform.js';
export * as HeapSnapshot from './front_end/entrypoints/heap_snapshot_worker/HeapSnapshot.js';
export * as HeapSnapshotLoader from './front_end/entrypoints/heap_snapshot_worker/HeapSnapshotLoader.js';
`;

/** DevTools' build makes this module; its messages are not shown here. */
const DEVTOOLS_LOCALES = `
export const BUNDLED_LOCALES = ['en-US'];
export const DEFAULT_LOCALE = 'en-US';
export const LOCALES = ['en-US'];
export const LOCAL_FETCH_PATTERN = '';
export const REMOTE_FETCH_PATTERN = '';
`;

/**
 * Fetches the peers with npm into the system's folder for temporary files, once; none of them is a dependency of memx.
 *
 * @returns {Promise<{ memlab: string, memlabCore: string, devtools: string }>} modules to import
 */
export async function fetchPeers() {
  const folder = join(BENCH_FOLDER, 'peers');
  const manifest = JSON.stringify({ private: true, dependencies: PEER_VERSIONS });
  if (!isFetched(folder, manifest)) await install(folder, manifest);
  const bundle = join(folder, 'devtools.mjs');
  if (!existsSync(bundle)) await bundleDevtools(folder, bundle);
  const { resolve } = createRequire(bundle);
  const [memlab, memlabCore] = ['heap-analysis', 'core'].map((name) => resolve(`@memlab/${name}`));
  return { memlab, memlabCore, devtools: bundle };
}

function isFetched(folder, manifest) {
  const complete = join(folder, 'complete.json');
  return existsSync(complete) && readFileSync(complete, 'utf8') === manifest;
}

async function install(folder, manifest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  // Without scripts: memlab's puppeteer would download a browser.
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  await run('npm', words, { cwd: folder, shell: process.platform === 'win32' });
  writeFileSync(join(folder, 'complete.json'), manifest);
}

async function bundleDevtools(folder, bundle) {
  const sources = join(folder, 'node_modules', 'chrome-devtools-frontend');
  const entry = join(sources, 'memx-bench-entry.ts');
  writeFileSync(entry, DEVTOOLS_ENTRY);
  writeFileSync(join(sources, 'front_end', 'core', 'i18n', 'locales.js'), DEVTOOLS_LOCALES);
  const esbuild = createRequire(bundle).resolve('esbuild/bin/esbuild');
  const words = [
    '--bundle',
    '--format=esm',
    '--platform=node',
    '--target=node20',
    `--outfile=${bundle}`,
    '--log-level=error',
  ];
  await run(process.execPath, [esbuild, entry, ...words]);
}
