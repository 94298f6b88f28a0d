#!/usr/bin/env node
/**
 * Runs the tests under several Node versions: `pnpm matrix`, `pnpm matrix 22 24`, `pnpm matrix 26 --project core`.
 *
 * The current Node serves its own major; any other comes from the npm registry as a package that holds the binary. Its folder
 * goes first on PATH, so that tests which start `node`, `npm` or `process.execPath` stay on that version.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, NODE_VERSIONS } from '../src/find-node.mjs';
import { countingReporters, describeVitestFailures, readVitestCount } from '../src/vitest-count.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const isMajor = (argument) => /^\d+$/.test(argument);
const asked = process.argv.slice(2).filter(isMajor);
const vitestArguments = process.argv.slice(2).filter((argument) => !isMajor(argument));

const unknown = asked.find((major) => !(major in NODE_VERSIONS));
if (unknown) {
  console.error(`No Node ${unknown} in the matrix. Choose among ${Object.keys(NODE_VERSIONS).join(', ')}.`);
  process.exit(2);
}

const rows = (asked.length > 0 ? asked : Object.keys(NODE_VERSIONS)).map(testUnder);
console.log();
console.table(Object.fromEntries(rows.map(({ node, ...counts }) => [node, counts])));
if (rows.some(({ failed }) => failed > 0)) process.exitCode = 1;

function testUnder(major) {
  const node = findNode(major);
  if (!node) return { node: `v${NODE_VERSIONS[major]}`, passed: 0, failed: 1, skipped: 0, seconds: 0 };
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
  for (const text of describeVitestFailures(report)) console.log(`\n${text}`);
  rmSync(folder, { recursive: true });
  return { node: node.version, ...counts, seconds: Math.round((performance.now() - startedAt) / 1000) };
}

function withFirstOnPath(folder) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [folder, process.env[key]].join(delimiter) };
}

function vitestPath() {
  const manifest = createRequire(join(ROOT, 'package.json')).resolve('vitest/package.json');
  return join(dirname(manifest), 'vitest.mjs');
}
