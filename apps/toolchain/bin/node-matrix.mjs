#!/usr/bin/env node
/**
 * Runs the tests under several Node versions: `pnpm matrix`, `pnpm matrix 22 24`, `pnpm matrix 26 --project core`.
 *
 * The current Node serves its own major; any other comes from the npm registry as a package that holds the binary. Its folder
 * goes first on PATH, so that tests which start `node`, `npm` or `process.execPath` stay on that version.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countingReporters, readVitestCount } from '../src/vitest-count.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const VERSIONS = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' };

const isMajor = (argument) => /^\d+$/.test(argument);
const asked = process.argv.slice(2).filter(isMajor);
const vitestArguments = process.argv.slice(2).filter((argument) => !isMajor(argument));

const unknown = asked.find((major) => !(major in VERSIONS));
if (unknown) {
  console.error(`No Node ${unknown} in the matrix. Choose among ${Object.keys(VERSIONS).join(', ')}.`);
  process.exit(2);
}

const rows = (asked.length > 0 ? asked : Object.keys(VERSIONS)).map(testUnder);
console.log();
console.table(Object.fromEntries(rows.map(({ node, ...counts }) => [node, counts])));
if (rows.some(({ failed }) => failed > 0)) process.exitCode = 1;

function testUnder(major) {
  const node = findNode(major);
  if (!node) return { node: `v${VERSIONS[major]}`, passed: 0, failed: 1, skipped: 0, seconds: 0 };
  console.log(`\nNode ${node.version}`);
  const folder = mkdtempSync(join(tmpdir(), 'memx-matrix-'));
  const report = join(folder, 'report.json');
  const startedAt = performance.now();
  const { status } = spawnSync(
    node.path,
    [vitestPath(), 'run', ...countingReporters(report), ...vitestArguments],
    { cwd: ROOT, env: withFirstOnPath(dirname(node.path)), stdio: 'inherit' },
  );
  const counts = readVitestCount(report, status);
  rmSync(folder, { recursive: true });
  return { node: node.version, ...counts, seconds: Math.round((performance.now() - startedAt) / 1000) };
}

/** @returns {{ path: string, version: string } | undefined} undefined, said on stderr, when it cannot be had */
function findNode(major) {
  if (process.version.startsWith(`v${major}.`)) return { path: process.execPath, version: process.version };
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}@${VERSIONS[major]}`;
  try {
    const printed = execFileSync('npx', ['-y', '-p', name, 'node', '-p', 'process.execPath'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const path = printed.trim();
    return { path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() };
  } catch {
    console.error(`Node ${VERSIONS[major]} could not be fetched: ${name}. See npm's words above.`);
    return undefined;
  }
}

function withFirstOnPath(folder) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [folder, process.env[key]].join(delimiter) };
}

function vitestPath() {
  const manifest = createRequire(join(ROOT, 'package.json')).resolve('vitest/package.json');
  return join(dirname(manifest), 'vitest.mjs');
}
