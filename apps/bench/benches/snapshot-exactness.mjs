/**
 * memx's graph against Chrome DevTools' own code, node by node and class by class, on some forty golden heaps: made-up ones
 * and small real programs on Node 20, 22, 24 and 26. Prints what was compared, and what differed for which reason; sets
 * exit code 1 where something differs for none.
 *
 * DevTools' code and the other Nodes are fetched with npm on the first run. `--only weakness` takes the heaps whose name
 * has that in it. `--write-golden` keeps what DevTools says of the heaps that are the same everywhere, for the tests.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HeapGraph } from '@memx/advanced';
import { printFigure } from '../src/print.mjs';
import { compareClasses } from '../src/snapshot/compare-classes.mjs';
import { compareNodes } from '../src/snapshot/compare-nodes.mjs';
import { openInDevtools } from '../src/snapshot/devtools-engine.mjs';
import { fetchPeers, PEER_VERSIONS } from '../src/snapshot/fetch-peers.mjs';
import { fingerprintOfDevtools } from '../src/snapshot/fingerprint.mjs';
import { goldenHeaps } from '../src/snapshot/golden-heaps.mjs';
import { readPlainly } from '../src/snapshot/read-plainly.mjs';
import { Tally } from '../src/snapshot/tally.mjs';

const GOLDEN = new URL('../golden/devtools.json', import.meta.url);

export async function bench(commandLine) {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      only: { type: 'string', default: '' },
      'write-golden': { type: 'boolean', default: false },
    },
  });
  const { devtools } = await fetchPeers();
  printFigure('Chrome DevTools', PEER_VERSIONS['chrome-devtools-frontend']);
  const total = new Tally();
  const golden = {};
  let heaps = 0;
  for await (const { name, file, isFixed } of goldenHeaps()) {
    if (name.includes(values.only)) {
      const { tally, fingerprint } = await compareHeap(file, devtools);
      if (isFixed) golden[name] = fingerprint;
      printFigure(name, tally.unexplained === 0 ? 'equal' : `${tally.unexplained} DIFFERENCES`);
      total.add(tally);
      heaps++;
    }
    rmSync(file, { force: true });
  }
  printTotal(total, heaps);
  if (values['write-golden']) writeFileSync(GOLDEN, `${JSON.stringify(golden, null, 2)}\n`);
  if (total.unexplained > 0 || heaps === 0) process.exitCode = 1;
}

async function compareHeap(file, bundle) {
  const tally = new Tally();
  const devtools = await openInDevtools(bundle, file);
  const plain = readPlainly(file);
  const graph = await HeapGraph.open(file);
  try {
    compareNodes(graph, { devtools, plain }, tally);
    compareClasses(graph, { devtools, plain }, tally);
  } finally {
    graph[Symbol.dispose]();
  }
  return { tally, fingerprint: fingerprintOfDevtools(devtools, plain) };
}

function printTotal(total, heaps) {
  console.log(`\n  All ${heaps} heaps`);
  for (const [check, { compared, explained, unexplained, examples }] of total.checks) {
    const differing = [...explained.values()].reduce((sum, count) => sum + count, 0) + unexplained;
    printFigure(
      check,
      `${compared - differing} of ${compared} equal${unexplained > 0 ? `, ${unexplained} UNEXPLAINED` : ''}`,
    );
    for (const [reason, count] of explained) console.log(`      ${count}: ${reason}`);
    for (const example of examples) console.log(`      ${example}`);
  }
}
