/**
 * How far is countAllocations off, for calls of 16 bytes to 10 KB, on each Node that memx supports? Where V8's layout does not
 * give the truth, it is how far the heap grows in a young generation so large that nothing is collected. Sets exit code 1
 * when a count is more than 1 % off.
 */
import { findNode, NODE_VERSIONS } from '@memx/toolchain/find-node';
import { measureInChild } from '../src/child.mjs';
import { COUNTED } from '../src/counted-programs.mjs';
import { printFigure } from '../src/print.mjs';

const MOST_ERROR = 0.01;
const NO_COLLECTIONS = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];

export async function bench() {
  const table = {};
  for (const major of Object.keys(NODE_VERSIONS)) {
    const node = findNode(major);
    if (!node) {
      printFigure(`Node ${major}`, 'SKIPPED: it could not be had');
      continue;
    }
    const rows = await compareOn(node.path);
    const wrong = rows.filter(({ error }) => error > MOST_ERROR);
    const largest = rows.reduce((most, row) => (row.error > most.error ? row : most));
    printFigure(
      `Node ${node.version}: within 1 %`,
      `${rows.length - wrong.length} of ${rows.length}; largest error ${percent(largest.error)} (${largest.name})`,
      'all',
    );
    for (const { name, bytes, truth, error } of rows) {
      table[name] ??= { 'bytes per call': Math.round(truth * 10) / 10 };
      table[name][`counted on ${major}`] = Math.round(bytes * 10) / 10;
      table[name][`error on ${major}`] = percent(error);
    }
    if (wrong.length > 0) process.exitCode = 1;
  }
  console.table(table);
}

async function compareOn(node) {
  const counted = await measureInChild('counts.mjs', { node, arguments: ['counted'] });
  const grown = await measureInChild('counts.mjs', {
    node,
    arguments: ['grown'],
    nodeOptions: NO_COLLECTIONS,
  });
  return Object.entries(counted).map(([name, bytes]) => {
    const truth = trueBytes(name, grown);
    return { name, bytes, truth, error: Math.abs(bytes / truth - 1) };
  });
}

function trueBytes(name, grown) {
  const { bytes, beside } = COUNTED[name];
  return bytes === null ? grown[name] : bytes + (beside ? grown[beside] : 0);
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
