import fc from 'fast-check';
import type {
  LeakEvidence,
  RoundReading,
  SiteHistory,
  ThreadEvidence,
  TypeCount,
} from '../../src/leak/evidence.js';
import type { OpenedBy, OpenedKind } from '../../src/resources/opened-resource.js';
import { frame, site } from './build-evidence.js';

const MOST_ROUNDS = 40;
const KIB = 2 ** 10;
const MIB = 2 ** 20;

/** How a reading moves from the start (0) to the end (1) of a watch. */
const SHAPES = {
  flat: () => 0,
  rising: (at: number) => at,
  /** A cache that is filled, and full. */
  filling: (at: number) => Math.min(1, at * 2.5),
  sawtooth: (at: number) => (at * 5) % 1,
  accelerating: (at: number) => at * at,
} as const;

interface Movement {
  readonly shape: keyof typeof SHAPES;
  readonly total: number;
  readonly noise: readonly number[];
}

const noises = (most: number) => fc.array(fc.nat(most), { minLength: MOST_ROUNDS, maxLength: MOST_ROUNDS });

function movement(total: { readonly min: number; readonly max: number }, noise: number) {
  return fc.record({
    shape: fc.constantFrom('flat', 'flat', 'flat', ...(Object.keys(SHAPES) as (keyof typeof SHAPES)[])),
    total: fc.integer(total),
    noise: noises(noise),
  });
}

function valueAt({ shape, total, noise }: Movement, round: number, rounds: number): number {
  return Math.round(SHAPES[shape](round / rounds) * total) + (noise[round] ?? 0);
}

/** Which rounds the objects that are alive were born in: masks over `[0, 1)`. */
const BIRTHS = {
  kept: () => true,
  keptFromBatches: (at: number) => Math.floor(at * 20) % 2 === 0,
  cached: (at: number) => at < 0.3,
  inUse: (at: number) => at > 0.8,
  queued: (at: number) => at > 0.55,
  replaced: (at: number) => at > 0.85 && at <= 0.9,
  gone: () => false,
} as const;

type Lives = Pick<SiteHistory, 'liveBytes' | 'liveByteMs'>;

/** What was alive of them before the last round, where it was not the same: a backlog, or a block that is replaced by a larger one. */
const LIVES: Partial<Record<keyof typeof BIRTHS, (totals: readonly number[]) => Lives>> = {
  queued(totals) {
    const liveBytes = totals.map((bytes, round) => Math.round((bytes * (round + 1)) / totals.length));
    return { liveBytes, liveByteMs: liveBytes.map((bytes, round) => bytes * round * 200) };
  },
  replaced(totals) {
    const liveBytes = totals.map((bytes, round) => bytes * 2 ** Math.floor(Math.log2(round + 1)));
    return { liveBytes, liveByteMs: liveBytes.map((bytes) => bytes * 300) };
  },
};

/** What functions are called that make one block, and no small objects beside it. */
export const BLOCK = 'replace';

const FILES = ['/app/server.js', '/app/node_modules/store/index.js', 'node:internal/timers', ''] as const;

/** Sites of different functions. */
const sitesOf = (rounds: number) =>
  fc
    .array(
      fc.record({
        file: fc.constantFrom(...FILES),
        births: fc.constantFrom(...(Object.keys(BIRTHS) as (keyof typeof BIRTHS)[])),
        counts: noises(5),
        caller: fc.boolean(),
        bytesPerSample: fc.constantFrom(16_384, 16_411, 70_001),
      }),
      { maxLength: 5 },
    )
    .map((drafts) =>
      drafts.map(({ file, births, counts, caller, bytesPerSample }, index): SiteHistory => {
        const survivors = Array.from({ length: rounds }, (_, round) =>
          BIRTHS[births](round / rounds) ? (counts[round] ?? 0) : 0,
        );
        const handler = caller ? { caller: frame(`handler${index}`, '/app/routes.js', 3) } : {};
        const made = site(frame(`${births === 'replaced' ? BLOCK : 'allocate'}${index}`, file, 7 + index), {
          survivors,
          bytesPerSample,
          ...handler,
        });
        return { ...made, ...LIVES[births]?.(made.liveBytes) };
      }),
    );

const TYPES = [
  { kind: 'object', type: 'Session' },
  { kind: 'object', type: 'Map' },
  { kind: 'object', type: 'Timeout' },
  { kind: 'object', type: 'FileHandle' },
  { kind: 'object', type: 'Socket' },
  { kind: 'closure', type: '(closure) onData' },
  { kind: 'string', type: '(string)' },
  { kind: 'array', type: '(array)' },
] as const;

const gain = (moves: number) => fc.integer({ min: -900 * moves, max: 20 + 5_000 * moves });

const LANDMARKS = 2;

/**
 * What was there at first, what came in each span, and how much of what came in the series' first span stays: three readings at
 * most, and in a long watch two landmarks before them.
 */
const typesOf = (endMs: number) =>
  fc
    .record({
      isLong: fc.boolean(),
      readings: fc.constantFrom(0, 1, 2, 3, 3, 3, 3),
      rows: fc.array(
        fc.record({
          before: fc.nat(3_000),
          gains: fc
            .constantFrom(0, 0, 1)
            .chain((moves) => fc.tuple(gain(moves), gain(moves), gain(moves), gain(moves))),
          isSteady: fc.boolean(),
          settled: fc.nat(5_000),
          objectBytes: fc.constantFrom(16, 64, 72, 1_013),
        }),
        { maxLength: TYPES.length },
      ),
    })
    .map(({ isLong, readings, rows }): Pick<ThreadEvidence, 'types' | 'landmarks' | 'typesReadMs'> => {
      const landmarks = isLong ? LANDMARKS : 0;
      const shares = isLong ? [0.28, 0.56, 0.65, 0.75, 0.85] : [0.28, 0.56, 0.85];
      const all = shares.slice(0, landmarks + readings).map((share, reading) => ({
        timeMs: Math.round(endMs * share),
        rows: rows.flatMap(({ before, gains, isSteady, settled, objectBytes }, index): TypeCount[] => {
          const name = TYPES[index];
          const steady = isSteady ? gains.map(() => gains[0]) : gains;
          const countAt = (at: number) =>
            Math.max(0, before + steady.slice(0, at).reduce((sum, gain) => sum + gain, 0));
          const count = countAt(reading);
          if (!name || count === 0) return [];
          const isLast = reading === landmarks + 2;
          const settledCount = isLast ? Math.min(settled, count) : 0;
          const keptCount = isLast ? Math.min(countAt(landmarks) + settledCount, count) : 0;
          return [
            {
              ...name,
              count,
              sizeBytes: count * objectBytes,
              settledCount,
              settledBytes: settledCount * objectBytes,
              keptCount,
              keptBytes: keptCount * objectBytes,
            },
          ];
        }),
      }));
      return {
        landmarks: all.slice(0, landmarks),
        types: all.slice(landmarks),
        typesReadMs: all.map(({ timeMs }) => timeMs),
      };
    });

const RESOURCES = ['open files', 'Worker', 'Timeout', 'TCPSocketWrap'] as const;

const resourceMovement = (some: boolean) =>
  some ? fc.option(movement({ min: 0, max: 300 }, 3), { freq: 2 }) : fc.constant(null);

const openingsOf: fc.Arbitrary<OpenedBy[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<OpenedKind>('file descriptor', 'Socket', 'Worker', 'ChildProcess'),
      file: fc.constantFrom(...FILES),
      count: fc.integer({ min: 1, max: 300 }),
    }),
    { maxLength: 4 },
  )
  .map((openings) =>
    openings.map(({ kind, file, count }, index) => ({
      kind,
      count,
      frames: [frame(`open${index}`, file, 20 + index), frame('main', '/app/main.js', 1)],
    })),
  );

interface ClockDraft {
  readonly gapsMs: readonly number[];
  readonly pausesMs: readonly number[];
}

/** How far apart rounds are: a program that is busy, or dear to stop, has them at odd times. */
interface Gaps {
  readonly min: number;
  readonly max: number;
}

const ODD: Gaps = { min: 200, max: 3_000 };
export const EVEN: Gaps = { min: 900, max: 1_100 };

const clocks = (gaps: Gaps): fc.Arbitrary<ClockDraft> =>
  fc.integer({ min: 3, max: MOST_ROUNDS }).chain((rounds) => {
    const of = (values: fc.Arbitrary<number>) => fc.array(values, { minLength: rounds, maxLength: rounds });
    return fc.record({ gapsMs: of(fc.integer(gaps)), pausesMs: of(fc.nat(100)) });
  });

/** What a watch may see of one isolate: leaks, caches, windows, sawtooths, and all of them at a time. All numbers are whole. */
export function arbitraryThread(thread = 0, gaps = ODD): fc.Arbitrary<ThreadEvidence> {
  return clocks(gaps).chain(({ gapsMs, pausesMs }) => {
    const rounds = gapsMs.length;
    const timesMs = runningSums(gapsMs);
    const endMs = timesMs.at(-1) ?? 0;
    const movements = fc.record({
      heap: movement({ min: 0, max: 64 * MIB }, 50 * KIB),
      external: movement({ min: 0, max: 32 * MIB }, 50 * KIB),
      wasm: fc.constantFrom(0, 0, 1).chain((on) => movement({ min: 0, max: on * 16 * MIB }, 0)),
      isWasmCounted: fc.boolean(), // Node 26 does not
      native: movement({ min: 0, max: 64 * MIB }, 2 * MIB),
      resources: fc.boolean().chain((some) => fc.tuple(...RESOURCES.map(() => resourceMovement(some)))),
    });
    return fc
      .record({
        movements,
        sampledAllocations: fc.constantFrom(rounds, ...new Array<number>(7).fill(rounds * 50)),
        sites: sitesOf(rounds),
        externalSites: fc.option(sitesOf(rounds)),
        openings: openingsOf,
        counted: typesOf(endMs),
      })
      .map(
        ({
          movements: { heap, external, wasm, isWasmCounted, native, resources },
          counted,
          ...seen
        }): ThreadEvidence => {
          const pausedMs = runningSums(pausesMs);
          return {
            thread,
            intervalBytes: 16_384,
            ...seen,
            ...counted,
            rounds: timesMs.map((timeMs, round): RoundReading => {
              const heapUsedBytes = 5 * MIB + valueAt(heap, round, rounds);
              const wasmBytes = valueAt(wasm, round, rounds);
              const externalBytes =
                2 * MIB + valueAt(external, round, rounds) + (isWasmCounted ? wasmBytes : 0);
              return {
                timeMs,
                activeMs: timeMs - (pausedMs[round] ?? 0),
                heapUsedBytes,
                heapFreeBytes: 0,
                externalBytes,
                arrayBuffersBytes: 0,
                wasmBytes,
                rssBytes:
                  40 * MIB +
                  heapUsedBytes +
                  externalBytes +
                  (isWasmCounted ? 0 : wasmBytes) +
                  valueAt(native, round, rounds),
                resources: Object.fromEntries(
                  RESOURCES.flatMap((name, index) => {
                    const resource = resources[index];
                    return resource ? [[name, valueAt(resource, round, rounds)]] : [];
                  }),
                ),
              };
            }),
            snapshot: null,
            pauses: { count: rounds, totalMs: pausedMs.at(-1) ?? 0, longestMs: Math.max(...pausesMs) },
            notes: [],
          };
        },
      );
  });
}

/** A process with up to three workers. */
export function arbitraryEvidence(gaps = ODD): fc.Arbitrary<LeakEvidence> {
  return fc.nat(3).chain((workers) => {
    const threads = Array.from({ length: workers + 1 }, (_, thread) => arbitraryThread(thread, gaps));
    return fc
      .tuple(...threads)
      .map((seen) => ({ schema: 'memx.evidence/1' as const, node: 'v20.20.2', threads: seen }));
  });
}

function runningSums(values: readonly number[]): number[] {
  let total = 0;
  return values.map((value) => {
    total += value;
    return total;
  });
}
