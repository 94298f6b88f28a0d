import type { StackFrame } from '../../src/allocation/stack-frame.js';
import type { SiteHistory, ThreadEvidence, TypeReading } from '../../src/leak/evidence.js';
import type { OpenedBy } from '../../src/resources/opened-resource.js';

const MIB = 2 ** 20;

export function frame(functionName: string, filename: string, line = 7): StackFrame {
  const packageName = /node_modules\/([^/]+)/.exec(filename)?.[1] ?? null;
  const origin = filename.startsWith('node:') ? 'node' : packageName ? 'dependency' : 'own';
  return { functionName, filename, line, column: 3, origin, packageName };
}

interface SiteOptions {
  readonly survivors: readonly number[];
  readonly caller?: StackFrame;
  readonly bytesPerSample?: number;
}

export function site(
  allocator: StackFrame,
  { survivors, caller, bytesPerSample = 16_384 }: SiteOptions,
): SiteHistory {
  const survivorBytes = survivors.map((count) => count * bytesPerSample);
  const total = survivorBytes.slice(1).reduce((sum, bytes) => sum + bytes, 0);
  return {
    allocator,
    stacks: [{ frames: caller ? [allocator, caller] : [allocator], sizeBytes: total }],
    liveBytes: survivors.map(() => total),
    liveByteMs: survivors.map(() => 0),
    survivors,
    survivorBytes,
  };
}

/** Three readings of one type, of which `settled` objects stay. */
export function typeReadings(
  type: string,
  counts: readonly [number, number, number],
  settled: number,
): TypeReading[] {
  return counts.map((count, index) => {
    const settledCount = index === 2 ? settled : 0;
    const keptCount = index === 2 ? counts[0] + settled : 0;
    const row = { kind: 'object' as const, type, count, sizeBytes: count * 64, settledCount, keptCount };
    const bytes = { settledBytes: settledCount * 64, keptBytes: keptCount * 64 };
    return { timeMs: 5_000 * (index + 1), rows: [{ ...row, ...bytes }] };
  });
}

/** A heap that does not grow. */
export const flatHeap = { heapUsedBytes: () => 5 * MIB };

interface EvidenceOptions {
  readonly sites?: readonly SiteHistory[];
  readonly types?: readonly TypeReading[];
  readonly landmarks?: readonly TypeReading[];
  readonly rounds?: number;
  /** Rises by 100 KB a round unless told. */
  readonly heapUsedBytes?: (round: number) => number;
  readonly externalMiB?: (round: number) => number;
  readonly resources?: (round: number) => Readonly<Record<string, number>>;
  readonly openings?: readonly OpenedBy[];
  readonly rssMiB?: (round: number) => number;
  readonly heapFreeMiB?: (round: number) => number;
  readonly wasmMiB?: (round: number) => number;
  readonly externalSites?: readonly SiteHistory[] | null;
}

export function evidence({
  sites = [],
  types = [],
  landmarks = [],
  rounds = 20,
  heapUsedBytes = (round) => 5 * MIB + round * 100_003,
  externalMiB = () => 2,
  wasmMiB = () => 0,
  externalSites = null,
  resources = () => ({}),
  openings = [],
  rssMiB = () => 80,
  heapFreeMiB = () => 0,
}: EvidenceOptions): ThreadEvidence {
  return {
    thread: 0,
    intervalBytes: 16_384,
    sampledAllocations: 1_000,
    rounds: Array.from({ length: rounds }, (_, round) => ({
      timeMs: 1_000 * (round + 1),
      activeMs: 1_000 * (round + 1),
      rssBytes: rssMiB(round) * MIB,
      heapUsedBytes: heapUsedBytes(round),
      heapFreeBytes: heapFreeMiB(round) * MIB,
      externalBytes: externalMiB(round) * MIB,
      arrayBuffersBytes: 0,
      wasmBytes: wasmMiB(round) * MIB,
      resources: resources(round),
    })),
    sites,
    externalSites,
    openings,
    types,
    landmarks,
    typesReadMs: types.map(({ timeMs }) => timeMs),
    snapshot: null,
    pauses: { count: rounds, totalMs: 200, longestMs: 40 },
    notes: [],
  };
}

/** Survivors of a leak: some from every round. */
export const leaking = (rounds = 20) => Array.from({ length: rounds }, (_, round) => 2 + (round % 3));

/** Survivors of a window that slides. */
export const sliding = (rounds = 20) =>
  Array.from({ length: rounds }, (_, round) => (round > rounds - 5 ? 9 : 0));
