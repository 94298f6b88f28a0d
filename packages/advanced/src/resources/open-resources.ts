import { fstatSync } from 'node:fs';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { CallReader } from '../external/capture-calls.js';
import type { Wrapper } from '../external/sampling-gate.js';
import type { OpenedBy, OpenedKind, ResourceReading } from './opened-resource.js';
import { OpeningSampler } from './opening-sampler.js';

/** A call that opens something, before it is known whether it succeeds. */
export interface Opening {
  readonly stack: CallStack;
  readonly weight: number;
}

interface OpenResource extends Opening {
  readonly kind: OpenedKind;
  readonly ordinal: number;
  readonly isOpen: () => boolean;
}

const MAX_TOLD = 16;
const MAX_DEPTH = 32;

/** What this thread has opened and not closed, with the calls that opened it. Keeps nothing alive. */
export class OpenResources {
  readonly #calls = new CallReader();
  readonly #sampler = new OpeningSampler();
  readonly #files = new Map<number, OpenResource>();
  readonly #others = new Set<OpenResource>();
  #ordinal = 0;

  /** @param above the wrapper; it and what it calls are no part of the stack */
  begin(above: Wrapper): Opening | null {
    const weight = this.#sampler.weigh();
    return weight === 0 ? null : { stack: this.#calls.read(above), weight };
  }

  /** A number that was in use before is in use anew: nobody needs to tell of the closing. */
  addFile(fd: number, opening: Opening | null): void {
    if (opening === null) this.#files.delete(fd);
    else
      this.#files.set(
        fd,
        this.#describe('file descriptor', opening, () => isFile(fd)),
      );
  }

  addHandle<Handle extends object>(
    handle: Handle,
    of: {
      readonly kind: OpenedKind;
      readonly opening: Opening | null;
      readonly isOpen: (handle: Handle) => boolean;
    },
  ): void {
    if (of.opening === null) return;
    const reference = new WeakRef(handle);
    const isOpen = () => {
      const held = reference.deref();
      return held !== undefined && of.isOpen(held);
    };
    this.#others.add(this.#describe(of.kind, of.opening, isOpen));
  }

  /** @param since openings with a higher ordinal only are told by stack */
  read(since: number): ResourceReading {
    this.#forgetClosed();
    this.#sampler.adjust();
    const open = [...this.#files.values(), ...this.#others];
    const counts: Record<string, number> = {};
    for (const { kind, weight } of open) counts[kind] = (counts[kind] ?? 0) + weight;
    for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1;
    return {
      ordinal: this.#ordinal,
      counts,
      openings: sumByStack(open.filter(({ ordinal }) => ordinal > since)),
    };
  }

  #describe(kind: OpenedKind, { stack, weight }: Opening, isOpen: () => boolean): OpenResource {
    this.#ordinal += 1;
    return { kind, stack, weight, isOpen, ordinal: this.#ordinal };
  }

  #forgetClosed(): void {
    for (const [fd, file] of this.#files) if (!file.isOpen()) this.#files.delete(fd);
    for (const other of this.#others) if (!other.isOpen()) this.#others.delete(other);
  }
}

/** Its number may have gone to a socket or a pipe since. */
function isFile(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return !stats.isSocket() && !stats.isFIFO();
  } catch {
    return false;
  }
}

function sumByStack(open: readonly OpenResource[]): OpenedBy[] {
  const sums = new Map<string, OpenedBy>();
  for (const { kind, stack, weight } of open) {
    const frames = stack.slice(0, MAX_DEPTH);
    const key = [kind, ...frames.map(({ filename, line, column }) => `${filename}:${line}:${column}`)].join(
      '\n',
    );
    sums.set(key, { kind, frames, count: (sums.get(key)?.count ?? 0) + weight });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count).slice(0, MAX_TOLD);
}
