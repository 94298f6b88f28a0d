/**
 * What watching an Express server costs: CPU time for the same requests, answered at the same time, a slice each, by the server alone
 * and by one under `memx check` (with lines, as is the default, and with less) or `startLeakWatch`; the start and memx's own
 * process told apart. At the same time, because on a busy machine not even two slices one after the other compare: `alone` says
 * how far they do. `--runs 3`, `--slices 40`, `--requests 1000` (a slice), `--warm-up 220` (seconds), `--only lines,production,round`.
 *
 * The check is one of half an hour that the server ends early: a short one (less than two minutes) may stop the program for half of
 * the time, and its CPU time is no matter. The warm-up is as long as the rounds of such a watch come thicker, and types
 * are counted; with `--warm-up 40` the first minutes are told. Rounds come by the clock: the CPU time of a round by itself is told,
 * with what the program is slowed down after it.
 */
import { parseArgs } from 'node:util';
import { median, middleHalf } from '../src/alternate.mjs';
import { startServer } from '../src/check-cost/start-server.mjs';
import { readCount } from '../src/options.mjs';
import { printFigure } from '../src/print.mjs';

const SUBJECTS = {
  lines: { label: 'memx check', check: ['-d', '30m'], target: '≤ 1.10' },
  functions: { label: 'memx check --no-lines', check: ['-d', '30m', '--no-lines'], target: '≤ 1.10' },
  heap: {
    label: 'memx check --no-lines --no-external',
    check: ['-d', '30m', '--no-lines', '--no-external'],
    target: '≤ 1.10',
  },
  production: { label: 'startLeakWatch', kind: 'leak-watch', target: '≤ 1.01' },
  alone: { label: 'nothing (how far the figures can be trusted)', target: '1.00' },
};

export async function bench(commandLine) {
  const { runs, only, ...amount } = readOptions(commandLine);
  if (only === null || only.includes('round')) await priceRound(amount);
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    if (only !== null && !only.includes(name)) continue;
    const measured = [];
    for (let run = 0; run < runs; run++) measured.push(await compare(subject, amount));
    printSubject(subject, measured, amount);
  }
}

async function compare(subject, { slices, requests, warmUpMs }) {
  const servers = [];
  try {
    for (const options of [subject, {}]) servers.push(await startServer(options));
    const [watched, plain] = servers;
    await Promise.all(servers.map((server) => server.warmUp(warmUpMs)));
    const pairs = [];
    for (let slice = 0; slice < slices; slice++) {
      const [watchedMs, plainMs] = await Promise.all(servers.map((server) => server.answer(requests)));
      pairs.push({ watchedMs, plainMs });
    }
    await plain.stop();
    const seen = await watched.stop();
    return { pairs, startMs: watched.startCpuMs - plain.startCpuMs, ...seen };
  } finally {
    for (const server of servers) server.kill();
  }
}

/** On a server that reads its own samples when it is asked to: a slice with a reading before it, against one without. */
async function priceRound({ slices, requests, warmUpMs }) {
  const server = await startServer({ kind: 'rounds' });
  try {
    await server.warmUp(Math.min(15_000, warmUpMs));
    const more = [];
    for (let slice = 0; slice < slices; slice++) {
      await server.answer(requests); // until the last reading's effects are over
      const plainMs = await server.answer(2 * requests);
      more.push((await server.answer(2 * requests, '/round')) - plainMs);
    }
    const [low, high] = middleHalf(more).map((ms) => ms.toFixed(0));
    printFigure(
      'a round',
      `${median(more).toFixed(0)} ms of CPU (middle half ${low} … ${high}, ${slices} rounds)`,
    );
    await server.stop();
  } finally {
    server.kill();
  }
}

function printSubject({ label, target }, measured, { requests }) {
  const pairs = measured.flatMap((run) => run.pairs);
  const ratios = pairs.map(({ watchedMs, plainMs }) => watchedMs / plainMs);
  const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(3));
  printFigure(
    `CPU ratio under ${label}`,
    `${median(ratios).toFixed(3)} (middle half ${low} … ${high}, ${ratios.length} slices)`,
    target,
  );
  const least = (figure) => leastTenth(pairs.map((pair) => pair[figure]));
  printFigure('  of the least tenth of the slices', (least('watchedMs') / least('plainMs')).toFixed(3));
  const runRatios = measured.map((run) => sum(run.pairs, 'watchedMs') / sum(run.pairs, 'plainMs'));
  printFigure('  all slices of a run together', runRatios.map((ratio) => ratio.toFixed(3)).join(', '));
  const plainUs = (1000 * sum(pairs, 'plainMs')) / pairs.length / requests;
  printFigure('  a request without it', `${plainUs.toFixed(0)} µs of CPU`);
  printFigure('  start, once', `${median(measured.map(({ startMs }) => startMs)).toFixed(0)} ms of CPU more`);
  if (!measured[0].document) return;
  const intervals = measured.map(({ evidence }) => (evidence?.threads[0].intervalBytes ?? 0) / 1024);
  printFigure('  at last sampled every', `${intervals.join(', ')} KiB`);
  const own = median(measured.map(({ memxCpuMs }) => memxCpuMs));
  printFigure("  memx's own process, in all", `${own.toFixed(0)} ms of CPU`);
  for (const { document } of measured) {
    const { count, totalMs, longestMs } = document.pauses;
    const share = ((100 * totalMs) / document.durationMs).toFixed(2);
    printFigure('  pauses', `${count}, ${share} % of the time, the longest ${longestMs.toFixed(0)} ms`);
  }
}

/** A neighbour on the machine only adds: the mean of the slices that it left alone. */
function leastTenth(times) {
  const least = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 10));
  return least.reduce((total, ms) => total + ms, 0) / least.length;
}

const sum = (rows, figure) => rows.reduce((total, row) => total + row[figure], 0);

function readOptions(commandLine) {
  const options = {
    runs: { type: 'string', default: '3' },
    slices: { type: 'string', default: '40' },
    requests: { type: 'string', default: '1000' },
    'warm-up': { type: 'string', default: '220' },
    only: { type: 'string' },
  };
  const { values } = parseArgs({ args: [...commandLine], options });
  const only = values.only?.split(',') ?? null;
  const unknown = only?.find((name) => name !== 'round' && !(name in SUBJECTS));
  if (unknown !== undefined) {
    throw new Error(`--only does not know ${unknown}. It knows round, ${Object.keys(SUBJECTS).join(', ')}.`);
  }
  return {
    runs: readCount('runs', values.runs),
    slices: readCount('slices', values.slices),
    requests: readCount('requests', values.requests),
    warmUpMs: readCount('warm-up', values['warm-up']) * 1000,
    only,
  };
}
