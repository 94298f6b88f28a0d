/**
 * memx, memlab and Chrome DevTools' own code open the same heap snapshots: full graph, dominators, retained sizes, and the
 * ten dearest nodes by name at the end. Each run is a process of its own, the engines take turns, and the medians count.
 * Then counting by type: of a file, and of the own heap while V8 writes it.
 *
 * The peers are fetched with npm on the first run. `--sizes 30,150,650,1700` in MiB; sizes whose slowest reader would not
 * fit in memory are left out. `--rounds 3`.
 */
import { parseArgs } from 'node:util';
import { median } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { readCount, readSizes } from '../src/options.mjs';
import { MIB, printFigure } from '../src/print.mjs';
import { GRAPH_ENGINES } from '../src/snapshot/engines.mjs';
import { fetchPeers, PEER_VERSIONS } from '../src/snapshot/fetch-peers.mjs';
import { fitsInMemory, generateSnapshot } from '../src/snapshot/generate-snapshot.mjs';

const SHOWN = 5;
const LIVE_CUSTOMERS = 3_000;
const LIVE_PAIRS = 5;

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
  console.table(
    Object.fromEntries(
      Object.entries(graphs).map(([engine, taken]) => [engine, asRow(taken, sizeMib, graphs.memx)]),
    ),
  );
  printDearest(graphs);
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

function asRow(taken, sizeMib, memx) {
  const medianOf = (runs, figure) => median(runs.map((run) => run[figure]));
  const ratio = (figure) => (medianOf(taken, figure) / medianOf(memx, figure)).toFixed(2);
  const peakMib = medianOf(taken, 'peakRssBytes') / MIB;
  return {
    'CPU s': Number((medianOf(taken, 'cpuMs') / 1000).toFixed(2)),
    'wall s': Number((medianOf(taken, 'wallMs') / 1000).toFixed(2)),
    'peak RSS MiB': Math.round(peakMib),
    'RSS : file': (peakMib / sizeMib).toFixed(2),
    'CPU : memx': ratio('cpuMs'),
    'RSS : memx': ratio('peakRssBytes'),
    nodes: taken[0].answer.nodeCount,
    edges: taken[0].answer.edgeCount,
    classes: taken[0].answer.classes,
    'retained by root': taken[0].answer.retainedBytes,
  };
}

/** The engines name the same nodes in their own ways: a look tells whether all did the same work. */
function printDearest(graphs) {
  for (const [engine, [{ answer }]] of Object.entries(graphs)) {
    printFigure(`dearest to ${engine}`, answer.dearest.slice(0, SHOWN).join(' | '));
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
  const added = runs.map(({ plain, subject }) => (subject / plain - 1) * 100);
  console.log();
  printFigure(
    'histogram of the own heap, on top of V8',
    `${median(added).toFixed(1)} % CPU, ${runs.length} pairs`,
    '≤ 5 %',
  );
}
