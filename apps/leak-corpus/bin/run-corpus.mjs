#!/usr/bin/env node
/** Scores `memx check`, and its peers when asked, on a folder of labelled programs. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from '@memx/toolchain/find-node';
import { inParallel } from '@memx/toolchain/in-parallel';
import { Command } from 'commander';
import { checkCase } from '../src/check-case.mjs';
import { installCase } from '../src/install-case.mjs';
import { renderPeers } from '../src/peers/render-peers.mjs';
import { installMemlab, runPeers } from '../src/peers/run-peers.mjs';
import { readCases } from '../src/read-cases.mjs';
import { renderScoreLine, renderScores } from '../src/scores/render-scores.mjs';
import { scoreCheck } from '../src/scores/score-check.mjs';
import { summarize } from '../src/scores/summarize.mjs';

/** Quick leaks and their healthy twins, and the look-alikes that fool a slope: a window, a sawtooth, a slow fill. */
const SAMPLE = [
  ...['debug-4.1.1', 'debug-4.3.4', 'denque-buffer-window', 'express-session-memorystore'],
  ...[
    'prom-client-label-cardinality',
    'prom-client-route-label',
    'rate-limit-sawtooth',
    'xstate-4.7.3-registry',
  ],
  ...['sessions-without-expiry', 'sessions-with-expiry', 'audit-under-sawtooth', 'sawtooth-alone'],
  ...['upload-parts-kept', 'upload-parts-pooled', 'lru-order-never-trimmed', 'lru-fills-most-of-run'],
];

const command = new Command('run-corpus')
  .argument('[folder]', 'the labelled programs', fileURLToPath(new URL('../programs', import.meta.url)))
  .argument('[names...]', 'only these')
  .option('--seconds <n>', 'how long each program runs', Number, 20)
  .option('--runs <n>', 'how often each program runs', Number, 1)
  .option('--jobs <n>', 'how many programs run at a time; each is given less of the machine', Number, 1)
  .option('--node <majors>', 'Node versions, such as 20,24,26', (text) => text.split(','))
  .option('--peers', 'other approaches as well, each on a run of its own')
  .option('--sample', 'a short selection')
  .option('--keep <folder>', 'keep what wrong verdicts were made of')
  .option('-o, --output <file>', 'write every score as JSON')
  .parse();

const { seconds, runs, jobs, node: majors, peers: withPeers, sample, keep, output } = command.opts();
const [folder, ...names] = command.processedArgs.flat();

if (!existsSync(folder)) {
  console.log(`Skipped: there is no corpus in ${folder}.`);
  process.exit(0);
}

const wanted = sample ? SAMPLE : names;
const cases = readCases(folder).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const nodes =
  majors === undefined ? [{ path: process.execPath, version: process.version }] : majors.map(findNode);
if (nodes.includes(undefined)) process.exit(3);

const memlab = withPeers ? await installMemlab() : null;
const scores = [];
const peers = [];
const installed = new Map();
for (const labelled of cases) installed.set(labelled, await installCase(labelled));
// All programs once, then all once more: what is broken off has seen every program.
const checks = Array.from({ length: runs }, () =>
  cases.flatMap((labelled) => nodes.map((node) => ({ labelled, node }))),
)
  .flat()
  .filter(isTrueOf);
await inParallel(checks, check, jobs);
if (withPeers) {
  const pairs = cases.flatMap((labelled) => nodes.map((node) => ({ labelled, node })));
  await inParallel(pairs.filter(isTrueOf), comparePeers, jobs);
}

console.log(`\n${renderScores(scores)}`);
if (withPeers) console.log(`${renderPeers(peers, scores)}\n`);
console.log(
  `${nodes.map(({ version }) => `Node ${version}`).join(', ')}, ${platform()} ${arch()}, ${cpus().length} cores, ${seconds} s each, ${runs} run(s) each, ${jobs} at a time.`,
);
const summary = summarize(scores);
if (output) {
  const document = { schema: 'memx.corpus-scores/1', seconds, runs, jobs, summary, scores, peers };
  writeFileSync(output, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
}
// A false alarm is never acceptable; leaks that are missed are counted above.
process.exitCode = summary.falseAlarms > 0 || (summary.leaks > 0 && summary.found === 0) ? 1 : 0;

async function check({ labelled, node }) {
  const checked = await checkCase(labelled, whereOf({ labelled, node }));
  const score = scoreCheck(labelled, checked);
  scores.push(score);
  console.log(renderScoreLine(score));
  if (keep && !score.right && checked.evidence) keepEvidence(score, checked.evidence);
  if (checked.document === null || checked.document.error != null)
    console.log(checked.output.replace(/^/gm, '    '));
}

function keepEvidence({ name, node }, evidence) {
  mkdirSync(keep, { recursive: true });
  const count = scores.filter((score) => score.name === name).length;
  writeFileSync(join(keep, `${name}-${node}-${count}.json`), evidence, { mode: 0o600 });
}

async function comparePeers({ labelled, node }) {
  const { name, kind } = labelled;
  const approaches = await runPeers(labelled, { ...whereOf({ labelled, node }), memlab });
  peers.push({ name, kind, node: node.version, approaches });
}

/** Whether the label holds on this Node. */
function isTrueOf({ labelled: { nodeMajor }, node: { version } }) {
  return nodeMajor === null || version.startsWith(`v${nodeMajor}.`);
}

function whereOf({ labelled, node }) {
  return { folder: installed.get(labelled), seconds, node: node.path };
}
