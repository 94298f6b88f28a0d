import type { AllocationProfile, AllocationStack, MemoryKind, ProfileMeta } from './allocation-profile.js';
import { frameKey } from './allocation-site.js';
import type { CallStack } from './sampling-profile-decoder.js';
import type { StackFrame } from './stack-frame.js';

/** An amount of bytes and how well it is known. */
export type Estimate = Pick<AllocationStack, 'sizeBytes' | 'count' | 'samples' | 'standardErrorBytes'>;

/** Which memory of which thread. */
export interface StackOwner {
  readonly threadId: number;
  readonly memory: MemoryKind;
}

/** A stack and what it allocated. */
export interface EstimatedStack extends Estimate {
  readonly stack: CallStack;
}

interface Entry extends StackOwner {
  readonly frameKeys: readonly string[];
  readonly estimate: Estimate;
}

/** Collects stacks in any order and gives the profile in its one canonical form. */
export class ProfileBuilder {
  readonly #meta: ProfileMeta;
  readonly #frames = new Map<string, StackFrame>();
  readonly #entries = new Map<string, Entry>();
  readonly #threadIds = new Set<number>();

  constructor(meta: ProfileMeta) {
    this.#meta = meta;
  }

  /** A thread belongs to the profile even when it allocated nothing. */
  addThread(threadId: number): this {
    this.#threadIds.add(threadId);
    return this;
  }

  add({ threadId, memory }: StackOwner, stack: CallStack, estimate: Estimate): this {
    const frameKeys = stack.map((frame) => this.#intern(frame));
    const key = `${threadId}\n${memory}\n${frameKeys.join('\n')}`;
    const seen = this.#entries.get(key);
    this.#entries.set(key, {
      threadId,
      memory,
      frameKeys,
      estimate: seen ? sumEstimates(seen.estimate, estimate) : estimate,
    });
    return this.addThread(threadId);
  }

  build(): AllocationProfile {
    const threadIds = [...this.#threadIds].sort((a, b) => a - b);
    const frameIndexes = new Map<string, number>();
    const frames: StackFrame[] = [];
    const indexOf = (key: string) => {
      const known = frameIndexes.get(key);
      if (known !== undefined) return known;
      frameIndexes.set(key, frames.length);
      return frames.push(this.#frames.get(key) as StackFrame) - 1;
    };
    const entries = [...this.#entries].sort(byCanonicalOrder).map(([, entry]) => entry);
    return {
      ...this.#meta,
      threads: threadIds.map((id) => ({ id })),
      stacks: entries.map(({ threadId, memory, frameKeys, estimate }) => ({
        thread: threadIds.indexOf(threadId),
        memory,
        frames: frameKeys.map(indexOf),
        sizeBytes: estimate.sizeBytes,
        count: estimate.count,
        samples: estimate.samples,
        standardErrorBytes: estimate.standardErrorBytes,
      })),
      frames,
    };
  }

  #intern(frame: StackFrame): string {
    const key = frameKey(frame);
    if (!this.#frames.has(key)) this.#frames.set(key, frame);
    return key;
  }
}

/** Samples are independent of each other, so their variances add up. */
export function sumEstimates(a: Estimate, b: Estimate): Estimate {
  return {
    sizeBytes: a.sizeBytes + b.sizeBytes,
    count: sumKnown(a.count, b.count),
    samples: sumKnown(a.samples, b.samples),
    standardErrorBytes:
      a.standardErrorBytes === null || b.standardErrorBytes === null
        ? null
        : Math.round(Math.hypot(a.standardErrorBytes, b.standardErrorBytes)),
  };
}

function sumKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Dearest first; equal ones by their key, so that one set of stacks has one order. */
function byCanonicalOrder([keyA, a]: [string, Entry], [keyB, b]: [string, Entry]): number {
  const byBytes = Math.abs(b.estimate.sizeBytes) - Math.abs(a.estimate.sizeBytes);
  return byBytes || (keyA < keyB ? -1 : 1);
}

/** The stacks of a profile with their frames in place of indexes. */
export function* stacksOf({
  threads,
  frames,
  stacks,
}: AllocationProfile): Generator<Estimate & StackOwner & { readonly stack: CallStack }> {
  for (const { thread, frames: indexes, ...estimate } of stacks) {
    yield {
      ...estimate,
      threadId: threads[thread]?.id ?? 0,
      stack: indexes.flatMap((index) => frames[index] ?? []),
    };
  }
}
