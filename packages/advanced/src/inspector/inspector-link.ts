import { Session } from 'node:inspector';
import { inspectorIsClosed, inspectorRefusal } from './inspector-refusal.js';

/** The wire to the inspector of an isolate. */
export interface InspectorLink {
  /** @throws MemxError `ERR_MEMX_PROTOCOL` when it is refused, or the link is closed before the answer */
  post<Result>(method: string, params?: object): Promise<Result>;
  /** Returns what ends the listening. */
  on<Params extends object>(method: string, listener: (params: Params) => void): () => void;
}

/** A session of the main thread's inspector, from another thread. */
export class MainThreadLink implements InspectorLink, Disposable {
  readonly #session = new Session();
  /** Calls without an answer yet: a closed session would leave them waiting for good. */
  readonly #open = new Set<(reason: Error) => void>();

  constructor() {
    this.#session.connectToMainThread();
  }

  post<Result>(method: string, params: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#open.add(reject);
      this.#session.post(method, params, (error: Error | null, result?: object) => {
        this.#open.delete(reject);
        if (error) reject(inspectorRefusal(method, error));
        else resolve(result as Result);
      });
    });
  }

  on<Params extends object>(method: string, listener: (params: Params) => void): () => void {
    const take = ({ params }: { params: object }) => listener(params as Params);
    this.#session.on(method, take);
    return () => this.#session.off(method, take);
  }

  [Symbol.dispose](): void {
    this.#session.disconnect();
    for (const reject of this.#open) reject(inspectorIsClosed());
  }
}
