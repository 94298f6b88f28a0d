import { Session } from 'node:inspector';
import { setImmediate } from 'node:timers/promises';
import { inspectorRefusal } from './inspector-refusal.js';

/**
 * Streams the heap snapshot of the calling thread, in synchronous calls of `onChunk`.
 *
 * V8 takes it in a turn of the event loop of its own, so that nothing is alive only because a function on the stack
 * holds it. Up to Node 20 V8 would answer at once, and the last snapshot's garbage would be found alive.
 */
export async function takeOwnHeapSnapshot(onChunk: (text: string) => void): Promise<void> {
  await setImmediate();
  const session = new Session();
  session.connect();
  try {
    await streamSnapshot(session, onChunk);
  } finally {
    session.disconnect();
  }
}

function streamSnapshot(session: Session, onChunk: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => onChunk(params.chunk));
    session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, (error) => {
      if (error === null) resolve();
      else reject(inspectorRefusal('HeapProfiler.takeHeapSnapshot', error));
    });
  });
}
