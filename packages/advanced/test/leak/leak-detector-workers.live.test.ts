import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { LeakDetector } from '../../src/leak/leak-detector.js';

const AGENT = fileURLToPath(new URL('../../dist/agent/index.cjs', import.meta.url));

const KEEPS_JOBS = `
require(${JSON.stringify(AGENT)}).serveIsolate();
class Job { constructor(id) { this.id = id; this.name = 'job ' + id; } }
const jobs = [];
setInterval(function takeJobs() { for (let i = 0; i < 20; i++) jobs.push(new Job(jobs.length)); }, 5);
require('node:worker_threads').parentPort.postMessage('ready');
`;

it("finds a leak in a worker's heap, what holds it, and in which", async () => {
  const worker = new Worker(KEEPS_JOBS, { eval: true });
  try {
    await once(worker, 'message');
    const { outcome, suspects } = await new LeakDetector().startMonitoring({ durationMs: 15_000 });
    expect(outcome).toBe('leak');
    expect(suspects[0]).toMatchObject({ thread: worker.threadId, type: 'Job' });
    expect(suspects[0]?.path?.join(' › ')).toMatch(/takeJobs .*Array|variable jobs/);
  } finally {
    await worker.terminate();
  }
});

/** As a pool's worker does between its jobs (piscina, tinypool). */
const WAITS_FOR_JOBS = `
require(${JSON.stringify(AGENT)}).serveIsolate();
const { parentPort, workerData: signal } = require('node:worker_threads');
class Job { constructor(id) { this.id = id; this.name = 'job ' + id; } }
const jobs = [];
parentPort.postMessage('ready');
(function takeJobs() {
  for (let seen = 0; ; seen = Atomics.load(signal, 0)) {
    Atomics.wait(signal, 0, seen);
    for (let i = 0; i < 20; i++) jobs.push(new Job(jobs.length));
  }
})();
`;

it('finds one in a worker that never comes back to its event loop', async () => {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(WAITS_FOR_JOBS, { eval: true, workerData: signal });
  const giveJobs = setInterval(() => {
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  }, 5);
  try {
    await once(worker, 'message');
    const { outcome, suspects } = await new LeakDetector().startMonitoring({ durationMs: 15_000 });
    expect(outcome).toBe('leak');
    // From Node 22 on V8 takes a snapshot in a turn of the event loop only.
    expect(suspects[0]).toMatchObject({
      thread: worker.threadId,
      type: expect.stringMatching(/^(Job|\(types not counted\))$/),
    });
    expect(suspects[0]?.sites.map(({ functionName }) => functionName)).toContain('takeJobs');
  } finally {
    clearInterval(giveJobs);
    await worker.terminate();
  }
});

const LIVES_SHORTLY = `
require(${JSON.stringify(AGENT)}).serveIsolate();
let kept = [];
for (let i = 0; i < 1000; i++) kept.push({ i });
setTimeout(() => {}, Math.random() * 300);
`;

it('leaves workers alone that come and go', async () => {
  let ended = 0;
  let codes = 0;
  const start = setInterval(() => {
    new Worker(LIVES_SHORTLY, { eval: true }).on('exit', (code) => {
      ended += 1;
      codes += code;
    });
  }, 50);
  const { outcome } = await new LeakDetector().startMonitoring({ durationMs: 6_000 });
  clearInterval(start);
  expect(outcome).not.toBe('leak');
  expect(ended).toBeGreaterThan(20);
  expect(codes).toBe(0);
});
