import type { Worker } from 'node:worker_threads';

/** Which call made each open handle. Keeps none alive. */
export class OpenHandles {
  readonly #ids = new WeakMap<object, number>();
  /** Node lists all active handles but for these. */
  #workers: WeakRef<Worker>[] = [];

  addHandle(handle: object, id: number): void {
    this.#ids.set(handle, id);
  }

  addWorker(worker: Worker, id: number): void {
    this.#ids.set(worker, id);
    this.#workers.push(new WeakRef(worker));
  }

  /** The openings of what is open. */
  read(): number[] {
    this.#workers = this.#workers.filter((reference) => isRunning(reference.deref()));
    const workers = this.#workers.flatMap((reference) => reference.deref() ?? []);
    return [...activeHandles(), ...workers].flatMap((handle) => this.#ids.get(handle) ?? []);
  }
}

/** -1 once it has ended. */
function isRunning(worker: Worker | undefined): boolean {
  return worker !== undefined && worker.threadId !== -1;
}

/** Undocumented, and the only list that there is: holding handles weakly, one by one, would show as a leak of WeakRefs. */
function activeHandles(): readonly object[] {
  const list = (process as { _getActiveHandles?: () => readonly object[] })._getActiveHandles;
  return typeof list === 'function' ? list.call(process) : [];
}
