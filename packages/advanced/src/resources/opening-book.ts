import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import type { OpenedBy, OpenedKind } from './opened-resource.js';

/** All that openings have in common that are told together. */
interface OpeningClass {
  readonly kind: OpenedKind;
  readonly stack: CallStack;
  readonly weight: number;
  readonly epoch: number;
}

const MAX_TOLD = 16;
const MAX_DEPTH = 32;

/** Numbers for openings: as many as the program has calls that open something, and not one for each opening. */
export class OpeningBook {
  readonly #ids = new Map<string, number>();
  readonly #classes: OpeningClass[] = [];
  #epoch = 0;

  /** What is opened from now on is told; what was before is only counted. */
  beginEpoch(): void {
    this.#epoch += 1;
  }

  idOf(kind: OpenedKind, { stack, weight }: Pick<OpeningClass, 'stack' | 'weight'>): number {
    const places = stack.map(({ filename, line, column }) => `${filename}:${line}:${column}`);
    const key = [kind, weight, this.#epoch, ...places].join('\n');
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#classes.push({ kind, stack: stack.slice(0, MAX_DEPTH), weight, epoch: this.#epoch }) - 1;
    this.#ids.set(key, id);
    return id;
  }

  countByKind(open: readonly number[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { kind, weight } of this.#classesOf(open)) counts[kind] = (counts[kind] ?? 0) + weight;
    return counts;
  }

  sumByStack(open: readonly number[]): OpenedBy[] {
    const sums = new Map<OpeningClass, number>();
    for (const of of this.#classesOf(open)) {
      if (of.epoch === this.#epoch) sums.set(of, (sums.get(of) ?? 0) + of.weight);
    }
    return [...sums]
      .map(([{ kind, stack }, count]) => ({ kind, frames: stack, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, MAX_TOLD);
  }

  #classesOf(open: readonly number[]): OpeningClass[] {
    return open.flatMap((id) => this.#classes[id] ?? []);
  }
}
