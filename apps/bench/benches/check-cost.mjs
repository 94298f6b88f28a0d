/**
 * What watching an Express server costs: CPU time for the same requests alone, under `memx check` (with lines, as is the default,
 * and with less), and under `startLeakWatch`, in turn, in processes of their own; the start and memx's own process told apart.
 * `--pairs 4`, `--requests 8000`, `--warm-up 25` (seconds), `--only lines,functions,heap,production`.
 *
 * The check is one of three minutes that the server ends early, so that its pauses and samples are those of a long watch: a
 * short one (less than two minutes) may stop the program for half of the time, and its CPU time is no matter. The warm-up is
 * as long as such a watch may take to see how much is allocated.
 */
import { parseArgs } from 'node:util';
import { median, middleHalf } from '../src/alternate.mjs';
import { serveRequests } from '../src/check-cost/serve-requests.mjs';
import { readCount } from '../src/options.mjs';
import { printFigure } from '../src/print.mjs';

const SUBJECTS = {
  lines: { label: 'memx check', check: ['-d', '3m'], target: '≤ 1.10' },
  functions: { label: 'memx check --no-lines', check: ['-d', '3m', '--no-lines'], target: '≤ 1.10' },
  heap: {
    label: 'memx check --no-lines --no-external',
    check: ['-d', '3m', '--no-lines', '--no-external'],
    target: '≤ 1.10',
  },
  production: { label: 'startLeakWatch', kind: 'leak-watch', target: '≤ 1.01' },
};

export async function bench(commandLine) {
  const { pairs, only, ...amount } = readOptions(commandLine);
  const names = Object.keys(SUBJECTS).filter((name) => only === null || only.includes(name));
  const runs = { plain: [], ...Object.fromEntries(names.map((name) => [name, []])) };
  const kinds = ['plain', ...names];
  for (let pair = 0; pair < pairs; pair++) {
    // Whose turn it is first changes, so that what drifts on the machine falls on all alike.
    for (let turn = 0; turn < kinds.length; turn++) {
      const name = kinds[(turn + pair) % kinds.length];
      const { kind, check } = SUBJECTS[name] ?? {};
      runs[name].push(await serveRequests({ kind, check, ...amount }));
    }
  }
  const plainMs = median(runs.plain.map(({ cpuMs }) => cpuMs));
  printFigure('the server alone', `${plainMs.toFixed(0)} ms of CPU for ${amount.requests} requests`);
  for (const name of names) printSubject(SUBJECTS[name], runs[name], runs.plain);
}

function printSubject({ label, target }, runs, plain) {
  const ratios = runs.map(({ cpuMs }, pair) => cpuMs / plain[pair].cpuMs);
  const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(3));
  printFigure(
    `CPU ratio under ${label}`,
    `${median(ratios).toFixed(3)} (middle half ${low} … ${high}, ${runs.length} pairs)`,
    target,
  );
  const start = median(runs.map(({ startCpuMs }, pair) => startCpuMs - plain[pair].startCpuMs));
  printFigure('  start, once', `${start.toFixed(0)} ms of CPU more`);
  if (!runs[0].document) return;
  printFigure(
    "  memx's own process, in all",
    `${median(runs.map(({ memxCpuMs }) => memxCpuMs)).toFixed(0)} ms of CPU`,
  );
  const paused = median(runs.map(({ document }) => document.pauses.totalMs));
  const watched = median(runs.map(({ document }) => document.durationMs));
  const longest = Math.max(...runs.map(({ document }) => document.pauses.longestMs));
  printFigure(
    '  paused',
    `${paused.toFixed(0)} ms of ${watched.toFixed(0)}, the longest ${longest.toFixed(0)} ms`,
  );
}

function readOptions(commandLine) {
  const options = {
    pairs: { type: 'string', default: '4' },
    requests: { type: 'string', default: '8000' },
    'warm-up': { type: 'string', default: '25' },
    only: { type: 'string' },
  };
  const { values } = parseArgs({ args: [...commandLine], options });
  const only = values.only?.split(',') ?? null;
  const unknown = only?.find((name) => !(name in SUBJECTS));
  if (unknown !== undefined) {
    throw new Error(`--only does not know ${unknown}. It knows ${Object.keys(SUBJECTS).join(', ')}.`);
  }
  return {
    pairs: readCount('pairs', values.pairs),
    requests: readCount('requests', values.requests),
    warmUpMs: readCount('warm-up', values['warm-up']) * 1000,
    only,
  };
}
