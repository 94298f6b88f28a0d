import type { InspectorLink } from './inspector-link.js';
import { inspectorIsClosed, inspectorRefusal } from './inspector-refusal.js';
import { IsolateInspector } from './isolate-inspector.js';

/** `ended` aborts when the worker is gone. */
export type WorkerVisitor = (isolate: IsolateInspector, ended: AbortSignal) => void;

interface WorkerMessage {
  readonly sessionId: string;
  readonly message: string;
}

/** An answer has an id, an event a method. */
interface InspectorMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

/**
 * Node's main thread hands on what another session asks of its workers' inspectors (`NodeWorker`, Node 20 to 26): also of one that is
 * in synchronous code, or waits in `Atomics.wait` as those of worker pools do.
 */
export function attachToWorkers(main: InspectorLink, visit: WorkerVisitor, signal: AbortSignal): void {
  const links = new Map<string, WorkerLink>();
  main.on<{ sessionId: string }>('NodeWorker.attachedToWorker', ({ sessionId }) => {
    const link = new WorkerLink(main, sessionId);
    links.set(sessionId, link);
    visit(new IsolateInspector(link), link.ended);
  });
  main.on<WorkerMessage>('NodeWorker.receivedMessageFromWorker', ({ sessionId, message }) => {
    links.get(sessionId)?.take(JSON.parse(message) as InspectorMessage);
  });
  main.on<{ sessionId: string }>('NodeWorker.detachedFromWorker', ({ sessionId }) => {
    links.get(sessionId)?.end();
    links.delete(sessionId);
  });
  signal.addEventListener(
    'abort',
    () => {
      for (const link of links.values()) link.end();
      links.clear();
    },
    { once: true },
  );
  main.post('NodeWorker.enable', { waitForDebuggerOnStart: false }).catch(() => {}); // then no worker is visited
}

interface OpenCall {
  readonly method: string;
  readonly resolve: (result: object) => void;
  readonly reject: (reason: Error) => void;
}

class WorkerLink implements InspectorLink {
  readonly #main: InspectorLink;
  readonly #sessionId: string;
  readonly #ended = new AbortController();
  readonly #open = new Map<number, OpenCall>();
  readonly #listeners = new Map<string, Set<(params: object) => void>>();
  #lastId = 0;

  constructor(main: InspectorLink, sessionId: string) {
    this.#main = main;
    this.#sessionId = sessionId;
  }

  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  post<Result>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    const message = JSON.stringify({ id, method, params });
    return new Promise<Result>((resolve, reject) => {
      if (this.ended.aborted) return reject(inspectorIsClosed());
      this.#open.set(id, { method, resolve: resolve as OpenCall['resolve'], reject });
      this.#main
        .post('NodeWorker.sendMessageToWorker', { sessionId: this.#sessionId, message })
        .catch((error: Error) => {
          this.#open.delete(id);
          reject(error);
        });
    });
  }

  on<Params extends object>(method: string, listener: (params: Params) => void): () => void {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners);
    listeners.add(listener as (params: object) => void);
    return () => void listeners.delete(listener as (params: object) => void);
  }

  take({ id, method = '', params = {}, result = {}, error }: InspectorMessage): void {
    if (id === undefined) {
      for (const listener of this.#listeners.get(method) ?? []) listener(params);
      return;
    }
    const call = this.#open.get(id);
    this.#open.delete(id);
    if (error) call?.reject(inspectorRefusal(call.method, new Error(error.message)));
    else call?.resolve(result);
  }

  end(): void {
    this.#ended.abort();
    for (const { reject } of this.#open.values()) reject(inspectorIsClosed());
    this.#open.clear();
  }
}
