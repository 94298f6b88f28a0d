import { Session } from 'node:inspector';
import { setImmediate } from 'node:timers/promises';
import { inspectorRefusal } from '../../inspector/inspector-refusal.js';
import type { HeapReading, HeapSource } from './heap-source.js';
import { readHeap } from './read-heap.js';

/**
 * The heap of the calling thread. V8's own progress is never asked for: its reports run JavaScript while V8 walks the heap,
 * and the process dies of a segmentation fault (Node 20.20 and 26.10, each time).
 */
export class OwnHeapSource implements HeapSource {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
  }

  async read(): Promise<HeapReading> {
    return readHeap({
      evaluate: async <Value>(expression: string) => {
        const { result } = await this.#post<{ result: { value: Value } }>('Runtime.evaluate', {
          expression,
          returnByValue: true,
          silent: true,
        });
        return result.value;
      },
      post: (method, params) => this.#post(method, params),
      on: (method, listener) => {
        this.#session.on(method, ({ params }: { params: object }) => listener(params));
      },
    });
  }

  async stream(onText: (text: string) => void): Promise<void> {
    // With nothing of the caller on the stack, so that nothing is alive for that alone (up to Node 20).
    await setImmediate();
    const take = ({ params }: { params: { chunk: string } }) => onText(params.chunk);
    this.#session.on('HeapProfiler.addHeapSnapshotChunk', take);
    try {
      await this.#post('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    } finally {
      this.#session.off('HeapProfiler.addHeapSnapshotChunk', take);
    }
  }

  [Symbol.dispose](): void {
    this.#session.disconnect();
  }

  #post<Result>(method: string, params: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#session.post(method, params, (error: Error | null, result?: object) => {
        if (error) reject(inspectorRefusal(method, error));
        else resolve(result as Result);
      });
    });
  }
}
