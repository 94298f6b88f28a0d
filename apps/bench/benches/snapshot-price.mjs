/**
 * Is the price of a snapshot right? Predicted and actual, for kinds of heaps and their sizes; Linux only (peak memory).
 * `--sizes 20,60` in MB of heap, `--kinds 'one Map,closures'`, `--nodes /path/to/node,…` for other Nodes than this one.
 *
 * The last lines are the constants that fit these runs best (the collection's and the exponents being as they are), for packages/advanced/src/snapshot/price/price-model.ts.
 */
import { parseArgs } from 'node:util';
import { measureInChild } from '../src/child.mjs';
import { readSizes } from '../src/options.mjs';
import { MIB, printFigure } from '../src/print.mjs';
import { fitPrice } from '../src/snapshot/fit-price.mjs';

const KINDS = [
  'small objects',
  'one list of objects',
  'short strings',
  'long strings',
  'one Map',
  'closures',
  'lists of references',
  'lists of numbers',
  'one list of numbers',
  'linked list',
  'dictionaries',
  'sets',
  'promises',
  'typed arrays',
  'parsed JSON',
  "a service's orders",
];

export async function bench(commandLine) {
  const options = {
    sizes: { type: 'string', default: '20,60' },
    kinds: { type: 'string', default: KINDS.join() },
    nodes: { type: 'string', default: process.execPath },
  };
  const { values } = parseArgs({ args: [...commandLine], options });
  const runs = [];
  for (const node of values.nodes.split(',')) {
    for (const size of readSizes(values.sizes)) {
      for (const kind of values.kinds.split(',')) {
        const measured = await measureInChild('snapshot-price.mjs', {
          arguments: [kind, String(size)],
          nodeOptions: ['--max-old-space-size=12000'],
          node,
        });
        if (measured.refused) {
          printFigure(`${measured.node} ${kind}, ${size} MB`, `not taken: ${measured.refused}`);
          continue;
        }
        runs.push(measured);
        printRun(
          `${measured.node} ${kind}, ${Math.round(measured.predicted.heapUsedBytes / 1e6)} MB`,
          measured,
        );
      }
    }
  }
  for (const figure of ['pauseMs', 'peakExtraBytes', 'fileBytes']) {
    const factors = runs
      .map(({ predicted, actual }) => offBy(predicted[figure], actual[figure]))
      .sort((a, b) => a - b);
    const within = factors.filter((factor) => factor <= 1.5).length;
    printFigure(`${figure}: off by, median`, factors[factors.length >> 1].toFixed(2));
    printFigure(
      `${figure}: within a factor of 1.5`,
      `${within} of ${factors.length} (worst ${factors.at(-1).toFixed(2)})`,
    );
    printFigure(`${figure}: best constants for these runs`, JSON.stringify(fitPrice(runs, figure)));
  }
}

function printRun(label, { predicted, actual }) {
  const pair = (a, b, unit) => `${a} / ${b} ${unit}`;
  const mib = (bytes) => Math.round(bytes / MIB);
  printFigure(
    label,
    [
      pair((predicted.pauseMs / 1e3).toFixed(2), (actual.pauseMs / 1e3).toFixed(2), 's'),
      pair(mib(predicted.peakExtraBytes), mib(actual.peakExtraBytes), 'MiB of memory'),
      pair(mib(predicted.fileBytes), mib(actual.fileBytes), 'MiB of file'),
    ].join('   '),
  );
}

function offBy(predicted, actual) {
  return Math.max(predicted / actual, actual / predicted);
}
