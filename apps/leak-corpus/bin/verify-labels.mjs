#!/usr/bin/env node
/**
 * Checks that each labelled program is what its label says, without memx: it runs alone, memory is read after forced
 * collections, a leak has to grow through all of its second half and a healthy program must not grow in its last third.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNode } from '@memx/toolchain/find-node';
import { Command } from 'commander';
import { installCase } from '../src/install-case.mjs';
import { judgeLabel } from '../src/labels/judge-label.mjs';
import { measureProgram } from '../src/labels/measure-program.mjs';
import { readCases } from '../src/read-cases.mjs';

const command = new Command('verify-labels')
  .argument('[names...]', 'only these')
  .option(
    '--folder <folder>',
    'the labelled programs',
    fileURLToPath(new URL('../programs', import.meta.url)),
  )
  .option('--seconds <n>', 'how long each program runs', Number, Number(process.env.MEMX_CASE_SECONDS || 20))
  .option('--node <major>', 'another Node version, such as 24')
  .option('-o, --output <file>', 'write every result as JSON')
  .parse();

const { folder, seconds, node: major, output } = command.opts();
const node = major === undefined ? { path: process.execPath, version: process.version } : findNode(major);
if (node === undefined) process.exit(3);
const cases = readCases(folder).filter(
  ({ name }) => command.args.length === 0 || command.args.includes(name),
);
const kib = (value) => (value === undefined ? '–' : value.toFixed(1)).padStart(9);
const results = [];
for (const label of cases) {
  const installed = await installCase(label);
  const measured = await measureProgram(label, { folder: installed, seconds, node: node.path });
  const result = {
    name: label.name,
    kind: label.kind,
    judgedOn: label.judgedOn,
    ...judgeLabel(label, measured, { seconds }),
  };
  results.push(result);
  const perOp = result.bytesPerOp == null ? '–' : result.bytesPerOp.toFixed(0);
  console.log(
    `${result.isTrue ? 'true ' : 'FALSE'} ${label.name.padEnd(34)} ${label.kind.padEnd(7)} ${label.judgedOn.padEnd(8)} ${kib(result.kibPerSecond)} KiB/s ${perOp.padStart(8)} B/op  ${result.problems.join('; ')}`,
  );
  if (measured.exitCode !== 0) console.log(measured.output.replace(/^/gm, '    '));
}

const untrue = results.filter(({ isTrue }) => !isTrue);
const leaks = results.filter(({ kind }) => kind === 'leak').length;
console.log(
  `\n${results.length} labels (${leaks} leaks, ${results.length - leaks} healthy): ${results.length - untrue.length} true, ${untrue.length} not. Node ${node.version}, ${seconds} s each.`,
);
if (output) {
  writeFileSync(output, `${JSON.stringify({ node: node.version, seconds, results }, null, 2)}\n`, {
    mode: 0o600,
  });
}
process.exitCode = untrue.length > 0 ? 1 : 0;
