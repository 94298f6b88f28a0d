/**
 * Does anything stay behind after 10,000 starts and stops? Prints the floor at several points; sets exit code 1 if it rises.
 *
 * V8's own tables and compiled code move the heap by tens of KiB: what is allowed here is 26 bytes for each cycle, less than
 * the smallest object with one field and its entry in a list.
 */
import { measureInChild } from '../src/child.mjs';
import { MIB, printFigure } from '../src/print.mjs';

const HEAP_ALLOWANCE_BYTES = MIB / 4;
const RSS_ALLOWANCE_BYTES = 4 * MIB;

export async function bench() {
  for (const subject of ['trackMemory', 'MemoryContext', 'AsyncMemoryContext', 'AdvancedMemoryProfiler']) {
    const points = await measureInChild('churn.mjs', { arguments: [subject], nodeOptions: ['--expose-gc'] });
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

/** Names what ends higher than it began; for memory the middle point is the start, since V8 settles for a while. */
function whatRose(points) {
  const first = points[0];
  const middle = points[points.length >> 1];
  const last = points.at(-1);
  const rises = {
    heap: last.heapUsedBytes - middle.heapUsedBytes > HEAP_ALLOWANCE_BYTES / 2,
    rss: last.rssBytes - middle.rssBytes > RSS_ALLOWANCE_BYTES / 2,
    resources: last.resources > first.resources,
    listeners: last.listeners > first.listeners,
    threads: last.threads > first.threads,
  };
  return Object.keys(rises).filter((name) => rises[name]);
}
