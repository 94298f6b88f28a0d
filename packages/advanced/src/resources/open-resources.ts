import type { Worker } from 'node:worker_threads';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { CallReader } from '../external/capture-calls.js';
import type { Wrapper } from '../external/sampling-gate.js';
import { OpenFiles } from './open-files.js';
import { OpenHandles } from './open-handles.js';
import type { OpenedKind, ResourceReading } from './opened-resource.js';
import { OpeningBook } from './opening-book.js';
import { OpeningSampler } from './opening-sampler.js';

/** A call that opens something, before it is known whether it succeeds. */
export interface Opening {
  readonly stack: CallStack;
  readonly weight: number;
}

/**
 * What this thread has opened and not closed, with the calls that opened it. It has no object for each opening, because
 * those would be found growing, and held by memx, in the heap that is watched.
 */
export class OpenResources {
  readonly #calls = new CallReader();
  readonly #sampler = new OpeningSampler();
  readonly #book = new OpeningBook();
  readonly #files = new OpenFiles();
  readonly #handles = new OpenHandles();

  /** @param above the wrapper; it and what it calls are no part of the stack */
  begin(above: Wrapper): Opening | null {
    const weight = this.#sampler.weigh();
    return weight === 0 ? null : { stack: this.#calls.read(above), weight };
  }

  addFile(fd: number, opening: Opening | null): void {
    this.#files.set(fd, opening && this.#book.idOf('file descriptor', opening));
  }

  addHandle(handle: object, kind: Exclude<OpenedKind, 'file descriptor'>, opening: Opening | null): void {
    if (opening === null) return;
    const id = this.#book.idOf(kind, opening);
    if (kind === 'Worker') this.#handles.addWorker(handle as Worker, id);
    else this.#handles.addHandle(handle, id);
  }

  /** @param isFirst what was opened until now is told no more */
  read(isFirst: boolean): ResourceReading {
    if (isFirst) this.#book.beginEpoch();
    this.#sampler.adjust();
    const open = [...this.#files.read(), ...this.#handles.read()];
    const counts = this.#book.countByKind(open);
    for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1;
    return { counts, openings: this.#book.sumByStack(open) };
  }
}
