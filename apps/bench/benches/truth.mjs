/**
 * Does the allocation profiler tell the truth? Small programs whose allocating lines and functions are marked, each profiled
 * three times by AdvancedMemoryProfiler: as it is, with `exact`, and at line precision. Bytes are held against
 * countAllocations, which uses nothing of the profiler. With 10,000 samples one standard deviation is 1 %.
 * Sets exit code 1 when bytes are more than 5 % off, or a line or a function is wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findNode } from '@memx/toolchain/find-node';
import { inParallel } from '@memx/toolchain/in-parallel';
import { build } from 'esbuild';
import { measureInChild } from '../src/child.mjs';
import { listGroundTruth } from '../src/ground-truth.mjs';
import { judgeFunctions, judgeLines } from '../src/judge-truth.mjs';
import { printFigure } from '../src/print.mjs';

const SAMPLES = 10_000;
const INTERVAL_BYTES = 16 * 1024;
const MOST_ERROR = 0.05;
const NO_INLINING = ['--no-turbo-inlining', '--no-maglev-inlining'];
const LINES = ['--import', import.meta.resolve('@memx/advanced/lines')];

export async function bench() {
  printRows(await judgePrograms());
}

/** @param {{ only?: readonly string[] }} [options] names of programs; all of them without it */
export async function judgePrograms({ only } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'memx-truth-'));
  try {
    const programs = listGroundTruth().filter(({ name }) => !only || only.includes(name));
    const runs = (await Promise.all(programs.map((program) => runsOf(program, folder)))).flat();
    return await inParallel(runs, judge);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** TypeScript runs by Node's stripping, through tsx, and as a minified bundle: where its syntax allows each. */
async function runsOf(program, folder) {
  const { name, file } = program;
  if (!file.endsWith('.ts')) return [{ ...program, label: basename(file), nodeOptions: [] }];
  if (name === 'bundled') return [{ ...program, ...(await bundle(file, folder)) }];
  const throughTsx = {
    ...program,
    label: `${name}.ts, tsx`,
    nodeOptions: ['--import', import.meta.resolve('tsx')],
  };
  if (name === 'compiled') return [throughTsx]; // enums and parameter properties cannot be stripped
  const node = process.features.typescript
    ? { path: process.execPath, version: process.version }
    : findNode(24);
  if (!node) return [throughTsx];
  return [
    throughTsx,
    { ...program, label: `${name}.ts, Node ${node.version}`, node: node.path, nodeOptions: [] },
  ];
}

async function bundle(file, folder) {
  const outfile = join(folder, 'bundled.min.mjs');
  await build({ entryPoints: [file], outfile, bundle: true, minify: true, sourcemap: true, format: 'esm' });
  return { label: 'bundled.ts, minified', file: outfile, isMinified: true, nodeOptions: [] };
}

async function judge(run) {
  const { label, file, marks, node, nodeOptions, isMinified = false } = run;
  const measure = (options, ...programArguments) =>
    measureInChild('truth.mjs', { node, nodeOptions: options, arguments: programArguments });
  const plain = await measure(nodeOptions, 'count', file);
  const uninlined = await measure([...NO_INLINING, ...nodeOptions], 'count', file);
  const callsFor = ({ bytesPerCall }) => Math.ceil((SAMPLES * INTERVAL_BYTES) / bytesPerCall);
  const profile = (options, count, ...exact) =>
    measure(options, 'profile', file, String(callsFor(count)), String(INTERVAL_BYTES), ...exact);
  const asItIs = await profile(nodeOptions, plain);
  const exact = await profile(nodeOptions, uninlined, 'exact');
  const lines = await profile([...nodeOptions, ...LINES], uninlined);
  const errorOf = ({ sizeBytes }, count) => sizeBytes / callsFor(count) / count.bytesPerCall - 1;
  return {
    label,
    bytesPerCall: uninlined.bytesPerCall,
    samples: Math.min(asItIs.samples, exact.samples, lines.samples),
    errors: {
      asItIs: errorOf(asItIs, plain),
      exact: errorOf(exact, uninlined),
      lines: errorOf(lines, uninlined),
    },
    // A minified bundle has no names; its lines are told of in all the same.
    wrongFunctions: isMinified ? null : judgeFunctions(marks, exact.places, callsFor(uninlined)),
    wrongLines:
      lines.precision === 'line'
        ? judgeLines(marks, lines.places, callsFor(uninlined))
        : ['no line precision'],
  };
}

function printRows(rows) {
  console.table(Object.fromEntries(rows.map(asTableRow)));
  for (const { label, wrongFunctions, wrongLines } of rows) {
    for (const wrong of [...(wrongFunctions ?? []), ...wrongLines]) console.log(`  ${label}: ${wrong}`);
  }
  const named = rows.filter(({ wrongFunctions }) => wrongFunctions !== null);
  printShare('bytes within 5 %, as it is', rows, ({ errors }) => isClose(errors.asItIs));
  printShare('bytes within 5 %, exact', rows, ({ errors }) => isClose(errors.exact));
  printShare('bytes within 5 %, line precision', rows, ({ errors }) => isClose(errors.lines));
  printShare('right functions, exact', named, ({ wrongFunctions }) => wrongFunctions.length === 0);
  printShare('right lines, line precision', rows, ({ wrongLines }) => wrongLines.length === 0);
  printFigure('fewest samples in a profile', Math.min(...rows.map(({ samples }) => samples)), '≥ 1,000');
}

function printShare(label, rows, isRight) {
  const right = rows.filter(isRight).length;
  printFigure(label, `${right} of ${rows.length}`, 'all');
  if (right < rows.length) process.exitCode = 1;
}

function asTableRow({ label, bytesPerCall, samples, errors, wrongFunctions, wrongLines }) {
  const row = {
    'bytes a call': Math.round(bytesPerCall),
    samples,
    'error as it is': percent(errors.asItIs),
    'error exact': percent(errors.exact),
    'error lines': percent(errors.lines),
    functions: wrongFunctions === null ? 'no names' : wrongFunctions.length === 0 ? 'right' : 'WRONG',
    lines: wrongLines.length === 0 ? 'right' : 'WRONG',
  };
  return [label, row];
}

function isClose(error) {
  return Math.abs(error) <= MOST_ERROR;
}

function percent(share) {
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)} %`;
}
