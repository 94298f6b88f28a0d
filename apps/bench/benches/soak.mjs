/**
 * A long watch of an Express server under a steady light load (50 requests a second): of a healthy one, where nothing must be said
 * and memx's own memory must stay flat, and of one that leaks 1 MB an hour, which must be found with its very line.
 * `--minutes 30`, `--only healthy` or `--only leak`; `--keep <folder>` keeps what was seen. Sets exit code 1 when a promise is broken.
 *
 * memx's own part of the watched process is the difference to a twin: the same server and load without memx, collected as often.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MIB, printFigure } from '../src/print.mjs';
import { growthOf } from '../src/soak/growth.mjs';
import { runTwin, runWatched, SERVER } from '../src/soak/run-server.mjs';

/**
 * In the whole watch, however long it is: what memx keeps is bounded (128 rounds of some 128 sites), and half an hour fills it.
 * The allocator's free lists move the resident set.
 */
const MOST_GROWN_BYTES = { heapUsedBytes: MIB, rssBytes: 4 * MIB };
const KINDS = ['healthy', 'leak'];

export async function bench(commandLine) {
  const { minutes, kinds, folder, keeps } = readOptions(commandLine);
  try {
    const [twin, ...watched] = await Promise.all([
      kinds.includes('healthy') ? runTwin({ minutes, folder }) : [],
      ...kinds.map((kind) => runWatched({ kind, minutes, folder })),
    ]);
    for (const [index, kind] of kinds.entries()) {
      const kept =
        kind === 'healthy' ? judgeHealthy(watched[index], twin, minutes) : judgeLeak(watched[index], minutes);
      if (!kept) process.exitCode = 1;
    }
  } finally {
    if (!keeps) rmSync(folder, { recursive: true });
  }
}

function readOptions(commandLine) {
  const options = {
    minutes: { type: 'string', default: '30' },
    only: { type: 'string' },
    keep: { type: 'string' },
  };
  const { values } = parseArgs({ args: [...commandLine], options });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes must be a positive number: ${values.minutes}. Give 30.`);
  if (values.only !== undefined && !KINDS.includes(values.only)) {
    throw new Error(`--only must be healthy or leak: ${values.only}. Leave it out for both.`);
  }
  const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'memx-soak-'));
  mkdirSync(folder, { recursive: true });
  return { minutes, kinds: values.only ? [values.only] : KINDS, folder, keeps: values.keep !== undefined };
}

function judgeHealthy(watched, twin, minutes) {
  console.log('\n  a healthy server');
  printWatch(watched);
  const isQuiet = watched.exitCode === 0 && watched.document.outcome === 'clean';
  printFigure('verdict', watched.document.outcome, 'clean');
  const durationMs = minutes * 60_000;
  const rounds = watched.evidence.threads[0].rounds;
  for (const metric of ['heapUsedBytes', 'rssBytes']) {
    const name = metric === 'rssBytes' ? 'resident set' : 'heap';
    printGrowth(`${name} of the watched server`, growthOf(rounds, metric, durationMs));
    printGrowth(`${name} of its twin without memx`, growthOf(twin, metric, durationMs));
  }
  return judgeMemx(watched, durationMs) && isQuiet;
}

function judgeLeak(watched, minutes) {
  console.log('\n  a server that leaks 1 MB an hour');
  printWatch(watched);
  const rounds = watched.evidence.threads[0].rounds;
  printGrowth('heap of the watched server', growthOf(rounds, 'heapUsedBytes', minutes * 60_000));
  const { suspects, detectedAtMs, outcome } = watched.document;
  const line = markedLine();
  const sure = suspects.filter(({ confidence }) => confidence !== 'low');
  const named = sure.find(({ sites }) =>
    sites.some((site) => site.filename === SERVER && site.line === line),
  );
  printFigure('verdict', outcome, 'leak');
  printFigure('confidence of what is named at the line', named?.confidence ?? 'none', 'medium or high');
  printFigure('stands since', detectedAtMs === null ? 'never' : `${Math.round(detectedAtMs / 1000)} s`);
  for (const { confidence, type, path, sites, growthBytesPerSecond } of suspects) {
    const perHour = `${((growthBytesPerSecond * 3600) / MIB).toFixed(2)} MiB/h`;
    console.log(`    ${confidence} ${type} ${perHour}: ${path?.join(' → ') ?? 'no path'}`);
    for (const site of sites) console.log(`      ${site.functionName} ${site.filename}:${site.line}`);
  }
  return judgeMemx(watched, minutes * 60_000) && watched.exitCode === 1 && named !== undefined;
}

function printWatch({ document: { rounds, pauses, durationMs, work, notes } }) {
  printFigure('watched', `${Math.round(durationMs / 1000)} s, ${rounds} rounds told, ${work?.done} requests`);
  const share = ((100 * pauses.totalMs) / durationMs).toFixed(2);
  const longest = `the longest ${pauses.longestMs.toFixed(0)} ms`;
  printFigure(
    'pauses',
    `${pauses.count}, ${share} % of the time, ${longest}`,
    durationMs >= 120_000 ? '≤ 1 %' : '',
  );
  for (const note of notes) console.log(`    ${note}`);
}

function judgeMemx({ memxFloors }, durationMs) {
  const kept = Object.entries(MOST_GROWN_BYTES).map(([metric, mostBytes]) => {
    const growth = growthOf(memxFloors, metric, durationMs);
    const name = metric === 'rssBytes' ? 'resident set' : 'heap';
    printGrowth(`${name} of the memx process`, growth, `grows by ≤ ${mostBytes / MIB} MiB in all`);
    return growth !== null && !(growth.rises && growth.leastGrownBytes > mostBytes);
  });
  return kept.every(Boolean);
}

function printGrowth(label, growth, target) {
  if (!growth) return printFigure(label, 'too short to tell', target);
  const [slope, low, high, last] = [growth.bytesPerHour, growth.low, growth.high, growth.lastBytes].map(
    (bytes) => (bytes / MIB).toFixed(2),
  );
  const grown = (growth.grownBytes / MIB).toFixed(2);
  const trend = growth.rises ? `rises by ${grown} MiB` : 'no trend';
  printFigure(label, `${slope} MiB/h (${low} … ${high}), ${trend}, at last ${last} MiB`, target);
}

function markedLine() {
  return (
    readFileSync(SERVER, 'utf8')
      .split('\n')
      .findIndex((text) => text.endsWith('//@')) + 1
  );
}
