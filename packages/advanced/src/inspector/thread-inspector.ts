import { Session } from 'node:inspector';
import { type RawSamplingProfile, type SamplingOptions, samplingParameters } from './heap-protocol.js';
import { inspectorIsClosed, inspectorRefusal, samplingIsBusy } from './inspector-refusal.js';

/**
 * V8's heap profiler of the calling thread. Every answer comes before the call returns, because the
 * inspector of one's own thread is synchronous.
 */
export class ThreadInspector implements Disposable {
  #session: Session | null = new Session();

  constructor() {
    this.#session?.connect();
  }

  /** @throws MemxError `ERR_MEMX_SESSION_BUSY` when somebody already samples this isolate. */
  startSampling(options: SamplingOptions): void {
    if (this.#isSampling()) throw samplingIsBusy();
    this.#post('HeapProfiler.startSampling', samplingParameters(options));
  }

  /** What is alive now (or all that was allocated, with `includeCollected`). Costs a full collection. */
  readSamplingProfile(): RawSamplingProfile {
    return this.#post<{ profile: RawSamplingProfile }>('HeapProfiler.getSamplingProfile').profile;
  }

  /**
   * From now on keeps the functions that run from being collected: V8 names no file for a script that is gone, as those
   * of a program that has run through are after a reading's own collection (Node 20–26). Precise coverage holds on to
   * them; it takes 5–11 ms to start at the end of a small program, and its cost while one runs was within noise (Node 20).
   */
  holdFunctions(): void {
    if (process.env['NODE_V8_COVERAGE']) return; // they are held, and the counts are somebody's
    this.#post('Profiler.enable');
    this.#post('Profiler.startPreciseCoverage', { callCount: false, detailed: false });
  }

  /**
   * Streams a heap snapshot's text; from Node 22 on V8 takes it in a turn of the event loop of its own. Ids of objects
   * hold from one snapshot of this session to the next.
   */
  takeHeapSnapshot(onChunk: (text: string) => void): Promise<void> {
    const session = this.#open();
    const take = ({ params }: { params: { chunk: string } }) => onChunk(params.chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', take);
    return new Promise((resolve, reject) => {
      session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, (error) => {
        session.off('HeapProfiler.addHeapSnapshotChunk', take);
        if (error) reject(inspectorRefusal('HeapProfiler.takeHeapSnapshot', error));
        else resolve();
      });
    });
  }

  /** Closes the session, which ends its sampling and makes V8 forget the ids of objects in snapshots. */
  [Symbol.dispose](): void {
    this.#session?.disconnect();
    this.#session = null;
  }

  #isSampling(): boolean {
    try {
      this.#post('HeapProfiler.getSamplingProfile');
      return true;
    } catch {
      return false;
    }
  }

  #open(): Session {
    if (this.#session) return this.#session;
    throw inspectorIsClosed();
  }

  #post<Result>(method: string, params: object = {}): Result {
    let answer: { error: Error | null; result?: Result } | undefined;
    this.#open().post(method, params, (error: Error | null, result?: object) => {
      answer = { error, result: result as Result };
    });
    if (answer && !answer.error) return answer.result as Result;
    throw inspectorRefusal(method, answer?.error ?? null);
  }
}
