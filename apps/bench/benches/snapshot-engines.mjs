/**
 * memx, memlab and Chrome DevTools' own code open the same heap snapshots: full graph, dominators, retained sizes, and
 * questions to it; then classes, distances and retainers, which the peers have made by then. Each run is a process of its
 * own, the engines take turns, and the medians count.
 * Then counting by type: of a file, and of the own heap while V8 writes it.
 *
 * The peers are fetched with npm on the first run. `--sizes 30,150,650,1700` in MiB; sizes whose slowest reader would not
 * fit in memory are left out. `--rounds 3`.
 */
import { parseArgs } from 'node:util';
import { median, middleHalf } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { readCount, readSizes } from '../src/options.mjs';
import { MIB, printFigure } from '../src/print.mjs';
import { GRAPH_ENGINES } from '../src/snapshot/engines.mjs';
import { fetchPeers, PEER_VERSIONS } from '../src/snapshot/fetch-peers.mjs';
import { fitsInMemory, generateSnapshot } from '../src/snapshot/generate-snapshot.mjs';

const JOBS = {
  toOpen: 'opened: graph, dominators, retained sizes, the ten that retain most, who holds the first of them',
  withAnswers: 'and then: rows by class, distances of the ten, who holds them',
};
const SHOWN = 5;
const NAME_SHOWN = 24;
const LIVE_CUSTOMERS = 3_000;
const LIVE_PAIRS = 11;

export async function bench(commandLine) {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      sizes: { type: 'string', default: '30,150,650,1700' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const peers = await fetchPeers();
  printFigure('memlab', PEER_VERSIONS['@memlab/heap-analysis']);
  printFigure('Chrome DevTools', PEER_VERSIONS['chrome-devtools-frontend']);
  for (const asked of readSizes(values.sizes)) {
    if (fitsInMemory(asked)) await compareAt(asked, readCount('rounds', values.rounds), peers);
    else printFigure(`${asked} MiB`, 'left out: needs 6 times that in free memory');
  }
  await printLive();
}

async function compareAt(asked, rounds, peers) {
  const { path, sizeMib } = await generateSnapshot(asked);
  console.log(`\n  ${sizeMib.toFixed(0)} MiB of snapshot, ${rounds} rounds`);
  const runs = await takeTurns([...Object.keys(GRAPH_ENGINES), 'histogram'], rounds, (engine) =>
    measure(engine, path, peers),
  );
  const { histogram, ...opened } = runs;
  const graphs = Object.fromEntries(
    Object.entries(opened).filter(([engine, taken]) => isWhole(engine, taken)),
  );
  for (const [job, title] of Object.entries(JOBS)) {
    console.log(`  ${title}`);
    printJob(job, graphs, sizeMib);
  }
  printAnswers(graphs);
  printHistogram(histogram, sizeMib);
}

/** Each engine once a round, another one first each time. */
async function takeTurns(engines, rounds, measureOnce) {
  const runs = Object.fromEntries(engines.map((engine) => [engine, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < engines.length; turn++) {
      const engine = engines[(round + turn) % engines.length];
      runs[engine].push(await measureOnce(engine));
    }
  }
  return runs;
}

/** A peer may fail where memx does not: DevTools needs all strings of a file in one, which V8 bounds at 512 MB. */
async function measure(engine, path, peers) {
  const heapLimit = ['--max-old-space-size=16384'];
  const words = [engine, path, JSON.stringify(peers)];
  const measuring = measureInChild('snapshot-engine.mjs', { arguments: words, nodeOptions: heapLimit });
  if (engine === 'memx' || engine === 'histogram') return measuring;
  return measuring.catch((error) => ({ failure: error.message }));
}

function isWhole(engine, taken) {
  const failed = taken.find(({ failure }) => failure);
  const reason = failed?.failure.split('\n').find((line) => /Error|FATAL/.test(line)) ?? failed?.failure;
  if (failed) printFigure(engine, `did not open it: ${reason}`);
  return !failed;
}

function printJob(job, graphs, sizeMib) {
  const memx = graphs.memx.map((run) => run[job]);
  const rows = Object.entries(graphs).map(([engine, taken]) => {
    const spent = taken.map((run) => run[job]);
    return [engine, asRow(spent, memx, sizeMib)];
  });
  console.table(Object.fromEntries(rows));
}

function asRow(spent, memx, sizeMib) {
  const medianOf = (runs, figure) => median(runs.map((run) => run[figure]));
  const ratio = (figure) => (medianOf(spent, figure) / medianOf(memx, figure)).toFixed(2);
  const peakMib = medianOf(spent, 'peakRssBytes') / MIB;
  return {
    'CPU s': Number((medianOf(spent, 'cpuMs') / 1000).toFixed(2)),
    'CPU s of each run': spent.map(({ cpuMs }) => (cpuMs / 1000).toFixed(2)).join(' '),
    'wall s': Number((medianOf(spent, 'wallMs') / 1000).toFixed(2)),
    'peak RSS MiB': Math.round(peakMib),
    'RSS : file': (peakMib / sizeMib).toFixed(2),
    'CPU : memx': ratio('cpuMs'),
    'RSS : memx': ratio('peakRssBytes'),
  };
}

/** The engines name the same nodes in their own ways: a look tells whether all did the same work. */
function printAnswers(graphs) {
  const rows = Object.entries(graphs).map(([engine, [{ answer }]]) => {
    const { nodeCount, edgeCount, classes, retainedBytes } = answer;
    return [engine, { nodes: nodeCount, edges: edgeCount, classes, 'retained by root': retainedBytes }];
  });
  console.table(Object.fromEntries(rows));
  for (const [engine, [{ answer }]] of Object.entries(graphs)) {
    const { names, distances, retainers } = answer;
    const described = names.map(
      (name, at) => `${name.slice(0, NAME_SHOWN)} ${distances[at]}/${retainers[at]}`,
    );
    printFigure(`dearest to ${engine}, distance/retainers`, described.slice(0, SHOWN).join(' | '));
  }
}

/** Without Node's own start; by the CPU as well, because on a busy machine the clock says little. */
function printHistogram(taken, sizeMib) {
  const gigabytesPer = (figure) =>
    ((sizeMib * MIB) / 1e6 / median(taken.map((run) => run[figure]))).toFixed(2);
  const peakMib = median(taken.map(({ peakRssBytes }) => peakRssBytes)) / MIB;
  const speed = `${gigabytesPer('wallMs')} GB/s, ${gigabytesPer('ownCpuMs')} GB per second of CPU`;
  printFigure('histogram of the file', speed, '≥ 1 GB/s');
  printFigure('  peak RSS of its process', `${peakMib.toFixed(0)} MiB`, '≤ 100 MiB');
}

async function printLive() {
  const runs = await measureInChild('snapshot-live.mjs', {
    arguments: [String(LIVE_CUSTOMERS), String(LIVE_PAIRS)],
  });
  console.log();
  for (const [figure, title] of Object.entries({
    pauseMs: "histogram of the own heap, on top of V8's pause",
    cpuMs: "  on top of V8's CPU, all threads",
  })) {
    const added = runs.map(({ plain, subject }) => (subject[figure] / plain[figure] - 1) * 100);
    if (runs.some(({ plain }) => plain[figure] === null)) continue;
    const [from, to] = middleHalf(added);
    const spread = `middle half of ${runs.length} pairs ${from.toFixed(1)} to ${to.toFixed(1)} %`;
    printFigure(
      title,
      `${median(added).toFixed(1)} %, ${spread}`,
      figure === 'pauseMs' ? '≤ 5 %' : undefined,
    );
  }
}
