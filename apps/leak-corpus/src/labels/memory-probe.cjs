'use strict';
/**
 * Preloaded into a labelled program (and so into each of its worker threads): every quarter of a second it forces a full
 * collection and appends one line with what is left. No profiler, no inspector.
 */
const { appendFileSync } = require('node:fs');
const { threadId } = require('node:worker_threads');

const out = process.env.MEMX_LABEL_READINGS;
const startedAt = Number(process.env.MEMX_LABEL_STARTED_AT);
const collect = globalThis.gc;

function read() {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const reading = { threadId, seconds: (Date.now() - startedAt) / 1000, heapUsed, external, rss };
  appendFileSync(out, `${JSON.stringify(reading)}\n`);
}

if (out && collect) setInterval(read, 250).unref();
