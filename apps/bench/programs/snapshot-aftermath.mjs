/**
 * How fast a program runs after a heap snapshot: CPU time of the same requests before one, after one by memx, after one by Node's own
 * writer, and after an inspector session that was opened and closed.
 */
import { rmSync } from 'node:fs';
import { Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import { takeSnapshot } from '@memx/advanced';
import { report } from './report.mjs';

const SLICES = 15;
const REQUESTS = 1_000;
const REQUESTS_A_TURN = 50;
const ROWS = 199;
const CACHED = 499;

const cache = new Map();
let answered = 0;

/** Rows are made, sent as JSON, read back, and some are kept for a while. */
function answer() {
  const rows = Array.from({ length: ROWS }, (_, id) => ({
    id,
    name: `user ${id + answered}`,
    isOdd: id % 2 === 1,
  }));
  cache.set(answered, JSON.parse(JSON.stringify(rows)));
  answered += 1;
  if (cache.size > CACHED) cache.delete(cache.keys().next().value);
}

async function leastSliceMs() {
  const times = [];
  for (let slice = 0; slice < SLICES; slice++) {
    const before = process.cpuUsage();
    for (let request = 0; request < REQUESTS; request++) {
      answer();
      if (request % REQUESTS_A_TURN === 0) await setImmediate();
    }
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  return Math.min(...times);
}

const file = join(tmpdir(), `memx-bench-aftermath-${process.pid}.heapsnapshot`);
try {
  await leastSliceMs(); // until it is warm
  const before = await leastSliceMs();
  await takeSnapshot({ to: file });
  const afterMemx = await leastSliceMs();
  rmSync(file, { force: true });
  writeHeapSnapshot(file);
  const afterNode = await leastSliceMs();
  const session = new Session();
  session.connect();
  session.disconnect();
  const afterSession = await leastSliceMs();
  report({ before, afterMemx, afterNode, afterSession });
} finally {
  rmSync(file, { force: true });
}
