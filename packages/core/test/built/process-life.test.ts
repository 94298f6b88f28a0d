import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

const esbuild: { buildSync(options: object): { outputFiles: { text: string }[] } } = createRequire(
  createRequire(import.meta.url).resolve('@memx/toolchain/worker-source'),
)('esbuild');

describe('a program that uses memx', () => {
  it('ends by itself while a tracking is still open, and says nothing', async () => {
    const run = await runProgram(`
      import { MemoryContext, startSampler } from 'MEMX';
      await startSampler();
      new MemoryContext({ intervalMs: 5 });
    `);
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('ends while the sampling thread is still booting', async () => {
    const run = await runProgram(`import { MemoryContext } from 'MEMX'; new MemoryContext();`);
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('has no thread, handle or listener from importing alone', async () => {
    const run = await runProgram(`
      const listeners = () => process.eventNames().flatMap((name) => process.listeners(name)).length;
      const resources = () => process.getActiveResourcesInfo().length;
      const before = [listeners(), resources()];
      await import('MEMX');
      const { samplerStatus } = await import('MEMX_TESTING');
      console.log(listeners() - before[0], resources() - before[1], samplerStatus().threadsStarted);
    `);
    expect(run.stdout).toBe('0 0 0\n');
  });

  it('has one sampling thread, though the ESM and the CommonJS copy both track', async () => {
    const run = await runProgram(`
      import { createRequire } from 'node:module';
      import * as esm from 'MEMX';
      import { samplerStatus } from 'MEMX_TESTING';
      const require = createRequire(import.meta.url);
      const commonJs = require('MEMX_CJS');
      const a = esm.startTracking();
      const b = commonJs.startTracking();
      const { activeTrackings, threadsStarted } = samplerStatus();
      const other = require('MEMX_TESTING_CJS').samplerStatus();
      console.log(activeTrackings, threadsStarted, other.activeTrackings, other.threadsStarted);
      console.log(a.stop() instanceof esm.MemorySeries, b.stop() instanceof commonJs.MemorySeries);
    `);
    expect(run.stdout).toBe('2 1 2 1\ntrue true\n');
  });

  it('works bundled into one file, in both formats', async () => {
    const program = (places: { memx: string; testing: string }) => `
      import { trackMemory, startSampler } from ${JSON.stringify(places.memx)};
      import { samplerStatus } from ${JSON.stringify(places.testing)};
      startSampler().then(() => {
        const tracked = trackMemory(() => { const end = performance.now() + 200; while (performance.now() < end); }, { intervalMs: 5 });
        console.log(tracked().memoryUsage.length > 10, samplerStatus().threadsStarted);
      });
    `;
    const dist = new URL('../../dist/', import.meta.url).pathname;
    const contents = program({ memx: `${dist}index.js`, testing: `${dist}testing/index.js` });
    for (const [format, name] of [
      ['esm', 'bundle.mjs'],
      ['cjs', 'bundle.cjs'],
    ] as const) {
      const stdin = { contents, resolveDir: dist };
      const built = esbuild.buildSync({
        stdin,
        format,
        bundle: true,
        minify: true,
        platform: 'node',
        write: false,
      });
      const run = await runProgram(built.outputFiles[0]?.text ?? '', { name });
      expect(run).toMatchObject({ code: 0, stdout: 'true 1\n', stderr: '' });
    }
  });

  it('shares the sampling thread with worker threads that come later, and takes back what they leave', async () => {
    const run = await runProgram(
      `
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      import { startSampler, startTracking } from 'MEMX';
      import { samplerStatus } from 'MEMX_TESTING';
      await startSampler();
      const worker = new Worker(new URL('worker.mjs', import.meta.url));
      const [[told], [code]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      console.log(told.threadsStarted, told.threadRunning, told.samples > 10, told.heap > 0, told.ordered, code);

      const terminated = new Worker(new URL('endless.mjs', import.meta.url));
      await once(terminated, 'message');
      await terminated.terminate();
      // Its wish for samples every 5 ms is taken back: the rows stand still in the end.
      for (let before = -1; before !== samplerStatus().rowsKept; ) {
        before = samplerStatus().rowsKept;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      const during = startTracking({ intervalMs: 5 });
      await new Promise((resolve) => setTimeout(resolve, 100));
      console.log(during.stop().length > 8);
    `,
      {
        beside: {
          'worker.mjs': `
            import { parentPort } from 'node:worker_threads';
            import { startTracking } from 'MEMX';
            import { samplerStatus } from 'MEMX_TESTING';
            const tracking = startTracking({ intervalMs: 5 });
            const end = performance.now() + 200;
            while (performance.now() < end);
            const series = tracking.stop();
            const times = [...series.column('timeMs')];
            const ordered = times.every((time, i) => i === 0 || time >= times[i - 1]);
            parentPort.postMessage({ ...samplerStatus(), samples: series.length, heap: series.start.heapUsedBytes, ordered });
          `,
          'endless.mjs': `
            import { parentPort } from 'node:worker_threads';
            import { startTracking } from 'MEMX';
            startTracking({ intervalMs: 5 });
            parentPort.postMessage('tracking');
            for (;;);
          `,
        },
      },
    );
    expect(run).toMatchObject({ stdout: '0 true true true true 0\ntrue\n', stderr: '' });
  });

  it('has a sampling thread of its own in a worker thread when nobody else has', async () => {
    const run = await runProgram(
      `
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      const worker = new Worker(new URL('worker.mjs', import.meta.url));
      const [[told], [code]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      console.log(told.threadsStarted, code);
    `,
      {
        beside: {
          'worker.mjs': `
            import { parentPort } from 'node:worker_threads';
            import { startSampler } from 'MEMX';
            import { samplerStatus } from 'MEMX_TESTING';
            await startSampler();
            parentPort.postMessage(samplerStatus());
          `,
        },
      },
    );
    expect(run).toMatchObject({ stdout: '1 0\n', stderr: '' });
  });

  it('keeps its own preloads out of the sampling thread', async () => {
    const note = "process.stdout.write(require('node:worker_threads').isMainThread + ' ');";
    const run = await runProgram(`import { startSampler } from 'MEMX'; await startSampler();`, {
      nodeArguments: ['--require', './preload.cjs'],
      env: { NODE_OPTIONS: '--require ./preload-too.cjs --import ./preload.mjs' },
      beside: {
        'preload.cjs': note,
        'preload-too.cjs': note,
        'preload.mjs': `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${note}`,
      },
    });
    expect(run).toMatchObject({ code: 0, stdout: 'true true true ' });
  });

  it('is tracked on its own thread where threads are forbidden', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission';
    const run = await runProgram(
      `
      import { trackMemory, startSampler } from 'MEMX';
      import { samplerStatus } from 'MEMX_TESTING';
      await startSampler();
      const { memoryUsage } = await trackMemory(() => new Promise((resolve) => setTimeout(resolve, 100)), { intervalMs: 5 })();
      console.log(memoryUsage.length > 5, samplerStatus().threadsStarted);
    `,
      { nodeArguments: [flag, '--allow-fs-read=*', '--no-warnings'] },
    );
    expect(run).toMatchObject({ code: 0, stdout: 'true 0\n', stderr: '' });
  });

  it('holds no request by its timer: the asynchronous context of a tracking is not kept', async () => {
    const run = await runProgram(
      `
      import { AsyncLocalStorage } from 'node:async_hooks';
      import { startTracking } from 'MEMX';
      const storage = new AsyncLocalStorage();
      let request = { big: new Array(1000).fill(0) };
      const reference = new WeakRef(request);
      const tracking = storage.run(request, () => startTracking({ intervalMs: 1000 }));
      request = undefined;
      let rounds = 0;
      while (reference.deref() !== undefined && rounds++ < 200) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        gc();
      }
      console.log(reference.deref() === undefined, tracking.stop().length > 1);
    `,
      { nodeArguments: ['--expose-gc'] },
    );
    expect(run.stdout).toBe('true true\n');
  });
});
