import { MemxError } from '@memx/core';
import { WebSocket } from 'ws';

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: object) => void;
  readonly reject: (error: Error) => void;
}

/** The inspector of another process, over its web socket. */
export class RemoteSession implements Disposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (params: object) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(String(data)) as Answer));
    socket.on('error', () => {}); // `close` follows
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(ended());
      this.#waiting.clear();
    });
  }

  /** @throws MemxError `ERR_MEMX_PROGRAM` when nobody answers within the time */
  static async connect(url: string, limitMs: number): Promise<RemoteSession> {
    // The text of a snapshot is sent as it is made: packing it would hold the process up.
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      handshakeTimeout: limitMs,
      maxPayload: 1 << 30,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', () => reject(ended()));
    });
    return new RemoteSession(socket);
  }

  on(method: string, listener: (params: object) => void): void {
    this.#listeners.set(method, listener);
  }

  /** @throws MemxError `ERR_MEMX_PROTOCOL` when it is refused, `ERR_MEMX_PROGRAM` when the process ends first */
  post<Result extends object>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        reject(ended());
        return;
      }
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** The value of an expression in the process. Only reads are asked for, and that the inspector closes. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.post<{
      result: { value: Value };
      exceptionDetails?: { text: string };
    }>('Runtime.evaluate', { expression, returnByValue: true, silent: true });
    if (exceptionDetails) throw refused('Runtime.evaluate', exceptionDetails.text);
    return result.value;
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }

  #take({ id, method, params, result, error }: Answer): void {
    if (method !== undefined) this.#listeners.get(method)?.(params ?? {});
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(refused(`call ${id}`, error.message));
    else waiting.resolve(result ?? {});
  }
}

function refused(method: string, message: string): MemxError {
  return new MemxError('ERR_MEMX_PROTOCOL', {
    what: `The process's inspector refused ${method}`,
    value: message,
    remedy: 'Detach other debuggers from it, and try again.',
  });
}

function ended(): MemxError {
  return new MemxError('ERR_MEMX_PROGRAM', {
    what: 'The process ended, or closed its inspector, before it had answered',
    remedy: 'Check that it still runs.',
  });
}
