import { type RawSamplingProfile, type SamplingOptions, samplingParameters } from './heap-protocol.js';
import type { InspectorLink } from './inspector-link.js';
import { samplingIsBusy } from './inspector-refusal.js';

/** Bytes of an isolate and of what it holds outside V8's heap. */
export interface IsolateMemory {
  readonly heapUsedBytes: number;
  /** What V8 has for the heap beside that: room for what is young, and pages that are partly free. */
  readonly heapFreeBytes: number;
  readonly externalBytes: number;
  readonly arrayBuffersBytes: number;
}

/** In the thread itself, because with the profiler of another thread's session that session's samples end, too. */
const FORGET_IDS = `(() => {
  const { Session } = process.getBuiltinModule('node:inspector');
  const session = new Session();
  session.connect();
  session.disconnect();
})()`;

/** What it measures is of no interest, nor is the warning that it is experimental. It begins in a turn of the event loop. */
const START_MARKING = `new Promise((resolve) => {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const options = { mode: 'summary', execution: 'eager' };
    process.getBuiltinModule('node:vm').measureMemory(options).catch(() => {});
  } finally {
    process.emitWarning = emitWarning;
  }
  setImmediate(() => setImmediate(resolve));
})`;
const MARKING_STARTS_WITHIN_MS = 100;

/**
 * V8's heap profiler of one isolate, asked from another thread: it answers while that thread is in synchronous code, or waits in
 * `Atomics.wait` (interrupts), and what memx allocates to read the answers is not in the watched heap.
 */
export class IsolateInspector {
  protected readonly link: InspectorLink;

  constructor(link: InspectorLink) {
    this.link = link;
  }

  /** @throws MemxError `ERR_MEMX_SESSION_BUSY` when somebody already samples the isolate. */
  async startSampling(options: SamplingOptions): Promise<void> {
    const busy = await this.link.post('HeapProfiler.getSamplingProfile').then(
      () => true,
      () => false,
    );
    if (busy) throw samplingIsBusy();
    await this.link.post('HeapProfiler.startSampling', samplingParameters(options));
  }

  /** Forgets all samples. Costs the thread a full collection, for V8 answers with what is alive. */
  async stopSampling(): Promise<void> {
    await this.link.post('HeapProfiler.stopSampling');
  }

  /**
   * Has V8 begin to mark what is alive, before a collection that it is then asked for. One that begins with everything
   * stopped drops the shapes that no object has just then, such as those of a server's requests, and with them the code that was
   * optimised for them (`--trace-deopt` calls that "weak objects"). The pause gets shorter, too. A thread whose event loop does not turn is not waited for.
   */
  async startMarking(): Promise<void> {
    const started = this.evaluate(START_MARKING, { awaitPromise: true });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MARKING_STARTS_WITHIN_MS);
    });
    await Promise.race([started, late]).finally(() => clearTimeout(timer));
  }

  /** What is alive now. Costs the thread a full collection. */
  async readSamplingProfile(): Promise<RawSamplingProfile> {
    const { profile } = await this.link.post<{ profile: RawSamplingProfile }>(
      'HeapProfiler.getSamplingProfile',
    );
    return profile;
  }

  /**
   * Streams a heap snapshot's text; from `onStart` on the thread stands still until it ends. From Node 22 on V8
   * starts it in a turn of the event loop of its own: not before synchronous code has come to its end.
   */
  async takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void = () => {}): Promise<void> {
    let hasStarted = false;
    const ends = [
      this.link.on<{ chunk: string }>('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => onChunk(chunk)),
      this.link.on('HeapProfiler.reportHeapSnapshotProgress', () => {
        if (!hasStarted) onStart();
        hasStarted = true;
      }),
    ];
    try {
      await this.link.post('HeapProfiler.takeHeapSnapshot', { reportProgress: true });
    } finally {
      for (const end of ends) end();
    }
  }

  /**
   * After a snapshot V8 looks up each object that a collection moves, to know its id in the next one, which makes a program
   * slower that allocates much (1.45 times on Node 20, 2.4 on 26; `pnpm bench snapshot-aftermath`); until it is told to forget
   * them, as a session that closes does.
   */
  async forgetObjectIds(): Promise<void> {
    await this.evaluate(FORGET_IDS);
  }

  /** The value of an expression in the thread, also while that is in synchronous code. */
  async evaluate(expression: string, { awaitPromise = false } = {}): Promise<unknown> {
    const { result } = await this.link.post<{ result: { value?: unknown } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise,
      silent: true,
    });
    return result.value;
  }

  /** `Runtime.getHeapUsage` knows nothing of external bytes on Node 20, so the thread is asked itself. */
  async readMemory(): Promise<IsolateMemory> {
    const usage = await this.evaluate('process.memoryUsage()');
    const {
      heapUsed = 0,
      heapTotal = heapUsed,
      external = 0,
      arrayBuffers = 0,
    } = (usage ?? {}) as Partial<NodeJS.MemoryUsage>;
    return {
      heapUsedBytes: heapUsed,
      heapFreeBytes: heapTotal - heapUsed,
      externalBytes: external,
      arrayBuffersBytes: arrayBuffers,
    };
  }
}
