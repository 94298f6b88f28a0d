'use strict';
/** Preloaded into a program: writes a heap snapshot of the main thread at 30, 60 and 90 % of the run. */
const { join } = require('node:path');
const { writeHeapSnapshot } = require('node:v8');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const folder = process.env.MEMX_PEER_OUTPUT;
  const runMs = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
  for (const [i, share] of [0.3, 0.6, 0.9].entries()) {
    setTimeout(() => writeHeapSnapshot(join(folder, `s${i + 1}.heapsnapshot`)), share * runMs).unref();
  }
}
