#!/usr/bin/env node
/** Scores `memx check` on a folder of labelled programs. */
import { existsSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { Command } from 'commander';
import { checkCase } from '../src/check-case.mjs';
import { installCase } from '../src/install-case.mjs';
import { readCases } from '../src/read-cases.mjs';
import { renderScoreLine, renderScores } from '../src/render-scores.mjs';
import { scoreCase, summarize } from '../src/score.mjs';

/** Quick leaks and their healthy twins, and the two look-alikes that fool a slope: a window and a sawtooth. */
const SAMPLE = [
  'debug-4.1.1',
  'debug-4.3.4',
  'denque-buffer-window',
  'express-session-memorystore',
  'prom-client-label-cardinality',
  'prom-client-route-label',
  'rate-limit-sawtooth',
  'xstate-4.7.3-registry',
];

const command = new Command('run-corpus')
  .argument('<folder>', 'the labelled programs')
  .argument('[names...]', 'only these')
  .option('--seconds <n>', 'how long each program runs', Number, 20)
  .option('--runs <n>', 'how often each program runs', Number, 1)
  .option('--sample', 'a short selection')
  .option('-o, --output <file>', 'write every score as JSON')
  .parse();

const { seconds, runs, sample, output } = command.opts();
const [folder, ...names] = command.args;

if (!existsSync(folder)) {
  console.log(`Skipped: there is no corpus in ${folder}.`);
  process.exit(0);
}

const wanted = sample ? SAMPLE : names;
const cases = readCases(folder).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const scores = [];
for (const labelled of cases) {
  const installed = await installCase(labelled);
  for (let run = 0; run < runs; run++) {
    const checked = await checkCase(labelled, { folder: installed, seconds });
    const score = scoreCase(labelled, checked);
    scores.push(score);
    console.log(renderScoreLine(score));
    if (checked.document === null || checked.exitCode > 1) console.log(checked.output.replace(/^/gm, '    '));
  }
}

const summary = summarize(scores);
console.log(`\n${renderScores(scores, summary)}`);
console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} cores, ${seconds} s each, ${runs} run(s) each.`,
);
if (output)
  writeFileSync(
    output,
    `${JSON.stringify({ node: process.version, seconds, runs, summary, scores }, null, 2)}\n`,
  );
// A false alarm is never acceptable; leaks that are missed are counted above.
process.exitCode = summary.falseAlarms > 0 || summary.found === 0 ? 1 : 0;
