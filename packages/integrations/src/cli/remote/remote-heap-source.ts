import { type HeapReading, type HeapSource, readHeap } from '@memx/advanced';
import type { RemoteSession } from './remote-session.js';

/** The heap of another process's main thread. */
export function remoteHeapSource(session: RemoteSession): HeapSource {
  return {
    read: (): Promise<HeapReading> => readHeap(session),
    async stream(onText, onProgress) {
      session.on('HeapProfiler.addHeapSnapshotChunk', (params) => {
        onText((params as { chunk: string }).chunk);
      });
      session.on('HeapProfiler.reportHeapSnapshotProgress', (params) => {
        const { done, total } = params as { done: number; total: number };
        onProgress({ doneFraction: total > 0 ? Math.min(1, done / total) : 0 });
      });
      await session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: true });
    },
    [Symbol.dispose]() {},
  };
}
