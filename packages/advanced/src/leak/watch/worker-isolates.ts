import { BroadcastChannel } from 'node:worker_threads';
import { ROLL_CALL, type RollCall } from '../../inspector/isolate-messages.js';
import { RemoteIsolate } from '../../inspector/remote-isolate.js';
import type { WorkerIsolates } from './heap-watch.js';

/** The workers of this process that run `serveIsolate`. */
export const workerIsolates: WorkerIsolates = {
  watchEach(watch, signal) {
    const ends = new Map<number, AbortController>();
    const channel = new BroadcastChannel(ROLL_CALL);
    channel.onmessage = (event) => {
      const call = (event as { data: RollCall }).data;
      if (call.kind === 'gone') ends.get(call.threadId)?.abort();
      if (call.kind !== 'here' || ends.has(call.threadId)) return;
      const end = new AbortController();
      ends.set(call.threadId, end);
      const isolate = new RemoteIsolate(call.threadId);
      end.signal.addEventListener('abort', () => isolate[Symbol.dispose](), { once: true });
      // One that cannot be watched (it has a profiler of its own, it is gone) is like one that does not answer.
      watch(call.threadId, isolate, end.signal)
        .catch(() => {})
        .finally(() => isolate[Symbol.dispose]());
    };
    signal.addEventListener(
      'abort',
      () => {
        for (const end of ends.values()) end.abort();
        channel.close();
      },
      { once: true },
    );
    channel.postMessage({ kind: 'who' } satisfies RollCall);
  },
};
