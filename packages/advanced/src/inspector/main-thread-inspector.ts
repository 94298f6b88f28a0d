import { MainThreadLink } from './inspector-link.js';
import { IsolateInspector } from './isolate-inspector.js';
import { attachToWorkers, type WorkerVisitor } from './worker-link.js';

const FIRST_ANSWER_MS = 200;

/** The main thread's isolate, and by it those of its workers. */
export class MainThreadInspector extends IsolateInspector implements Disposable {
  declare protected readonly link: MainThreadLink;

  private constructor() {
    super(new MainThreadLink());
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
      if (await answersInTime(inspector.link.post('HeapProfiler.enable'), FIRST_ANSWER_MS)) return inspector;
      inspector[Symbol.dispose]();
    }
  }

  /** Visits the workers that there are and those that come, until the signal aborts. */
  attachToWorkers(visit: WorkerVisitor, signal: AbortSignal): void {
    attachToWorkers(this.link, visit, signal);
  }

  [Symbol.dispose](): void {
    this.link[Symbol.dispose]();
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
