'use strict';
// Render workers come from a pool; load rises in steps, and the pool keeps what it made.
const { setTimeout: sleep } = require('node:timers/promises');
const { createPool } = require('generic-pool');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();

class Renderer {
  constructor() {
    this.canvas = Array.from({ length: 900 }, (_, i) => i % 7);
    this.jobs = 0;
  }
}

const pool = createPool(
  { create: async () => new Renderer(), destroy: async () => {} },
  { min: 1, max: 60, evictionRunIntervalMillis: 0 },
);

async function renderOne(milliseconds) {
  const renderer = await pool.acquire();
  renderer.jobs++;
  await sleep(milliseconds);
  await pool.release(renderer);
}

(async () => {
  let n = 0;
  while (Date.now() - START < RUN_MS) {
    const share = Math.min(1, (Date.now() - START) / (RUN_MS * 0.55));
    const width = 1 + Math.floor(59 * share);
    await Promise.all(Array.from({ length: width }, () => renderOne(12)));
    n += width;
    await sleep(10);
  }
  await pool.drain();
  await pool.clear();
  console.log(`ops=${n}`);
})();
