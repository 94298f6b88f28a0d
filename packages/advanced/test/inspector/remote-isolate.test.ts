import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteIsolate } from '../../src/inspector/remote-isolate.js';

const index = new URL('../../dist/index.js', import.meta.url);

let worker: Worker | undefined;
let isolate: RemoteIsolate | undefined;
afterEach(async () => {
  isolate?.[Symbol.dispose]();
  await worker?.terminate();
});

/** A worker that keeps what it is sent, and lets itself be watched. */
async function startWorker(): Promise<RemoteIsolate> {
  const program = `
    import { parentPort } from 'node:worker_threads';
    import { serveIsolate } from ${JSON.stringify(index.href)};
    class Ticket { constructor(id) { this.id = id; this.note = 'ticket ' + id; } }
    const kept = [];
    parentPort.on('message', (count) => {
      for (let id = 0; id < count; id++) kept.push(new Ticket(id));
      parentPort.postMessage(kept.length);
    });
    serveIsolate();
    parentPort.postMessage('ready');`;
  worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
  await once(worker, 'message');
  isolate = new RemoteIsolate(worker.threadId);
  return isolate;
}

async function allocate(count: number): Promise<void> {
  worker?.postMessage(count);
  await once(worker as Worker, 'message');
}

describe('RemoteIsolate', () => {
  it("samples another thread's heap, not its own", async () => {
    const remote = await startWorker();
    await remote.startSampling({ intervalBytes: 1024, includeCollected: false });
    await allocate(20_011);
    const { head, samples } = await remote.readSamplingProfile();
    expect(samples.length).toBeGreaterThan(100);
    expect(JSON.stringify(head)).toContain('Ticket');
  });

  it('streams its snapshot, in which its objects are', async () => {
    const remote = await startWorker();
    await allocate(101);
    let text = '';
    let begun = 0;
    await remote.takeHeapSnapshot(
      (chunk) => {
        expect(begun).toBe(1);
        text += chunk;
      },
      () => begun++,
    );
    const { strings } = JSON.parse(text);
    expect(strings).toContain('Ticket');
  });

  it("reads the memory of its isolate, which is not the process's", async () => {
    const remote = await startWorker();
    const before = await remote.readMemory();
    await allocate(100_003);
    const after = await remote.readMemory();
    expect(after.heapUsedBytes - before.heapUsedBytes).toBeGreaterThan(2_000_000);
    expect(before.heapUsedBytes).toBeLessThan(process.memoryUsage().heapUsed);
  });

  it('forgets its samples when it stops, and samples anew', async () => {
    const remote = await startWorker();
    await remote.startSampling({ intervalBytes: 1024, includeCollected: false });
    await allocate(20_011);
    await remote.stopSampling();
    await remote.startSampling({ intervalBytes: 65_536, includeCollected: false });
    await allocate(20_011);
    const { samples } = await remote.readSamplingProfile();
    expect(samples.length).toBeGreaterThan(5);
    expect(samples.length).toBeLessThan(200);
    expect(Math.max(...samples.map(({ ordinal }) => ordinal))).toBeLessThan(200);
  });

  it('refuses to sample twice, with a reason', async () => {
    const remote = await startWorker();
    await remote.startSampling({ intervalBytes: 1024, includeCollected: false });
    await expect(remote.startSampling({ intervalBytes: 1024, includeCollected: false })).rejects.toThrow(
      /already runs/,
    );
  });

  it('does not wait for a thread that is gone once it is disposed of', async () => {
    const remote = await startWorker();
    await worker?.terminate();
    const answer = remote.readMemory();
    remote[Symbol.dispose]();
    await expect(answer).rejects.toThrow(/closed/);
  });

  it('does not keep the worker alive', async () => {
    const program = `import { serveIsolate } from ${JSON.stringify(index.href)}; serveIsolate();`;
    const short = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
    const [code] = await once(short, 'exit');
    expect(code).toBe(0);
  });
});
