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
