/**
 * Does anything stay behind after 10,000 starts and stops? Prints the floor at several points; sets exit code 1 if it rises.
 *
 * Code that V8 compiles or drops moves single points of the heap by 200 KiB (Node 20.20, and the same at 60,000 cycles), so
 * the lowest point of the second half is held against the lowest of the first. What is allowed is 21 bytes a cycle. V8's
 * young generation may grow by 20 MiB of resident set while it is used; it is kept at its smallest, so that nothing
 * hides behind it.
 */
import { measureInChild } from '../src/child.mjs';
import { MIB, printFigure } from '../src/print.mjs';

const HEAP_ALLOWANCE_BYTES = MIB / 8;
const RSS_ALLOWANCE_BYTES = MIB;
const NODE_OPTIONS = ['--expose-gc', '--max-semi-space-size=1'];

export async function bench() {
  for (const subject of ['trackMemory', 'MemoryContext', 'AsyncMemoryContext', 'AdvancedMemoryProfiler']) {
    const points = await measureInChild('churn.mjs', { arguments: [subject], nodeOptions: NODE_OPTIONS });
    console.log(`  ${subject}`);
    console.table(points.map(asRow));
    const risen = whatRose(points);
    printFigure('rises', risen.length > 0 ? `YES: ${risen.join(', ')}` : 'no', 'no');
    if (risen.length > 0) process.exitCode = 1;
  }
}

function asRow({ heapUsedBytes, rssBytes, ...rest }) {
  return {
    ...rest,
    'heap KiB': Math.round(heapUsedBytes / 1024),
    'rss MiB': Number((rssBytes / MIB).toFixed(1)),
  };
}

/** Names what is higher in the second half than in the first, for memory by more than is allowed. */
function whatRose(points) {
  const middle = Math.ceil(points.length / 2);
  const rise = (figure) =>
    Math.min(...points.slice(middle).map((point) => point[figure])) -
    Math.min(...points.slice(0, middle).map((point) => point[figure]));
  const allowed = {
    heapUsedBytes: HEAP_ALLOWANCE_BYTES,
    rssBytes: RSS_ALLOWANCE_BYTES,
    resources: 0,
    listeners: 0,
    threads: 0,
  };
  return Object.keys(allowed).filter((figure) => rise(figure) > allowed[figure]);
}
