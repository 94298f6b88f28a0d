import { builtin } from '../builtin.js';

/** The work of one collection. `weakcb` runs the callbacks of weak references after a collection. */
export type GcKind = 'major' | 'minor' | 'incremental' | 'weakcb';

/** One garbage collection of this isolate. */
export interface GcEvent {
  readonly kind: GcKind;
  /** When it began, on the clock of {@link MemorySample.timeMs}. */
  readonly timeMs: number;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** Asked for (by `global.gc` or the inspector) rather than needed. */
  readonly forced: boolean;
}

/**
 * Calls the listener after each garbage collection of this isolate, in a later turn of the event loop: a
 * synchronous loop delays the news, not the times in it. Does not keep the process alive.
 */
export function observeGc(listener: (event: GcEvent) => void): Disposable {
  const { constants, PerformanceObserver } = builtin('node:perf_hooks');
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind, flags } = readDetail(entry);
      listener({
        kind: nameKind(kind),
        timeMs: entry.startTime,
        durationMs: entry.duration,
        forced: (flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0,
      });
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    [Symbol.dispose]() {
      observer.disconnect();
    },
  };
}

/** A gc entry has `detail: { kind, flags }`, which Node's types leave out. */
function readDetail(entry: object): { kind: number; flags: number } {
  const { kind, flags } = Object('detail' in entry ? entry.detail : undefined);
  return { kind: Number(kind), flags: Number(flags) };
}

function nameKind(kind: number): GcKind {
  const { constants } = builtin('node:perf_hooks');
  switch (kind) {
    case constants.NODE_PERFORMANCE_GC_MAJOR:
      return 'major';
    case constants.NODE_PERFORMANCE_GC_INCREMENTAL:
      return 'incremental';
    case constants.NODE_PERFORMANCE_GC_WEAKCB:
      return 'weakcb';
    default: // scavenges, and the kind that newer V8 adds for its minor mark-sweep
      return 'minor';
  }
}
