import { Session } from 'node:inspector';
import { type RawSamplingProfile, type SamplingOptions, samplingParameters } from './heap-protocol.js';
import { inspectorIsClosed, inspectorRefusal, samplingIsBusy } from './inspector-refusal.js';

/** Bytes of the main thread's isolate and of what it holds outside V8's heap. */
export interface IsolateMemory {
  readonly heapUsedBytes: number;
  readonly externalBytes: number;
  readonly arrayBuffersBytes: number;
}

const FIRST_ANSWER_MS = 200;

/**
 * V8's heap profiler of the main thread, asked from a worker: it answers while the main thread is in
 * synchronous code (interrupts), and what memx allocates to read the answers is not in the watched heap.
 */
export class MainThreadInspector implements Disposable {
  readonly #session = new Session();
  /** Stays open, for a session that is closed when its thread ends may abort the process (Node 20). */
  #ids: Session | null = null;
  /** Calls without an answer yet: a closed session would leave them waiting for good. */
  readonly #open = new Set<(reason: Error) => void>();

  private constructor() {
    this.#session.connectToMainThread();
  }

  /**
   * Connects until the signal aborts, and connects again while there is no answer: about 1 connection in 20 made
   * while the main thread is still starting is never answered (Node 20.20), and a main thread in native code is late.
   */
  static async connect(signal: AbortSignal): Promise<MainThreadInspector> {
    for (;;) {
      signal.throwIfAborted();
      const inspector = new MainThreadInspector();
      signal.addEventListener('abort', () => inspector[Symbol.dispose](), { once: true });
      if (await answersInTime(inspector.#post('HeapProfiler.enable'), FIRST_ANSWER_MS)) return inspector;
      inspector[Symbol.dispose]();
    }
  }

  /** @throws MemxError `ERR_MEMX_SESSION_BUSY` when somebody already samples the main thread's isolate. */
  async startSampling(options: SamplingOptions): Promise<void> {
    const busy = await this.#post('HeapProfiler.getSamplingProfile').then(
      () => true,
      () => false,
    );
    if (busy) throw samplingIsBusy();
    await this.#post('HeapProfiler.startSampling', samplingParameters(options));
  }

  /** Forgets all samples. Costs the main thread a full collection, for V8 answers with what is alive. */
  async stopSampling(): Promise<void> {
    await this.#post('HeapProfiler.stopSampling');
  }

  /** What is alive now. Costs the main thread a full collection. */
  async readSamplingProfile(): Promise<RawSamplingProfile> {
    const { profile } = await this.#post<{ profile: RawSamplingProfile }>('HeapProfiler.getSamplingProfile');
    return profile;
  }

  /**
   * Streams a heap snapshot's text; from `onStart` on the main thread stands still until it ends. From Node 22 on V8
   * starts it in a turn of the event loop of its own: not before synchronous code has come to its end.
   */
  async takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void = () => {}): Promise<void> {
    const session = this.#session;
    const takeChunk = ({ params }: { params: { chunk: string } }) => onChunk(params.chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', takeChunk);
    session.once('HeapProfiler.reportHeapSnapshotProgress', onStart);
    try {
      await this.#post('HeapProfiler.takeHeapSnapshot', { reportProgress: true });
    } finally {
      session.off('HeapProfiler.addHeapSnapshotChunk', takeChunk);
      session.off('HeapProfiler.reportHeapSnapshotProgress', onStart);
    }
  }

  /**
   * After a snapshot V8 looks up each object that a collection moves, to know its id in the next one, which makes a program
   * slower that allocates much (by 10 to 50 %, Node 20 to 26); until it is told to forget them, as a session that closes does.
   * By a session of its own, for with its profiler a session's samples end, too.
   */
  async forgetObjectIds(): Promise<void> {
    if (this.#ids === null) {
      this.#ids = new Session();
      this.#ids.connectToMainThread();
    }
    await this.#postTo(this.#ids, 'HeapProfiler.disable');
  }

  /** The value of an expression in the main thread, also while that is in synchronous code. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.#post<{ result: { value?: unknown } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      silent: true,
    });
    return result.value;
  }

  /** `Runtime.getHeapUsage` knows nothing of external bytes on Node 20, so the main thread is asked itself. */
  async readMemory(): Promise<IsolateMemory> {
    const usage = await this.evaluate('process.memoryUsage()');
    const { heapUsed = 0, external = 0, arrayBuffers = 0 } = (usage ?? {}) as Partial<NodeJS.MemoryUsage>;
    return { heapUsedBytes: heapUsed, externalBytes: external, arrayBuffersBytes: arrayBuffers };
  }

  [Symbol.dispose](): void {
    this.#session.disconnect();
    this.#ids?.disconnect();
    for (const reject of this.#open) reject(inspectorIsClosed());
  }

  #post<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#postTo(this.#session, method, params);
  }

  #postTo<Result>(session: Session, method: string, params: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#open.add(reject);
      session.post(method, params, (error: Error | null, result?: object) => {
        this.#open.delete(reject);
        if (error) reject(inspectorRefusal(method, error));
        else resolve(result as Result);
      });
    });
  }
}

async function answersInTime(answer: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limitMs, false);
  });
  try {
    return await Promise.race([
      answer.then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
