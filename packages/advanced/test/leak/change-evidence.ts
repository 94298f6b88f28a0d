import type {
  LeakEvidence,
  RoundReading,
  SiteHistory,
  ThreadEvidence,
  TypeReading,
} from '../../src/leak/evidence.js';

import { BLOCK } from './arbitrary-evidence.js';

type Levels = Pick<RoundReading, 'heapUsedBytes' | 'externalBytes' | 'rssBytes'>;

/** The same program beside a larger one that does not change. */
export function raiseLevels(thread: ThreadEvidence, levels: Levels): ThreadEvidence {
  return {
    ...thread,
    rounds: thread.rounds.map((round) => ({
      ...round,
      heapUsedBytes: round.heapUsedBytes + levels.heapUsedBytes,
      externalBytes: round.externalBytes + levels.externalBytes,
      rssBytes: round.rssBytes + levels.rssBytes,
    })),
  };
}

export function shiftTime(thread: ThreadEvidence, byMs: number): ThreadEvidence {
  const shift = (reading: TypeReading) => ({ ...reading, timeMs: reading.timeMs + byMs });
  return {
    ...thread,
    rounds: thread.rounds.map((round) => ({
      ...round,
      timeMs: round.timeMs + byMs,
      activeMs: round.activeMs + byMs,
    })),
    types: thread.types.map(shift),
    landmarks: thread.landmarks.map(shift),
    typesReadMs: thread.typesReadMs.map((timeMs) => timeMs + byMs),
  };
}

/** Every object, buffer and page is so many times as large; as many of them. */
export function scaleBytes(thread: ThreadEvidence, factor: number): ThreadEvidence {
  const scale = (values: readonly number[]) => values.map((value) => value * factor);
  const scaleReading = ({ timeMs, rows }: TypeReading): TypeReading => ({
    timeMs,
    rows: rows.map((row) => ({
      ...row,
      sizeBytes: row.sizeBytes * factor,
      settledBytes: row.settledBytes * factor,
      keptBytes: row.keptBytes * factor,
    })),
  });
  const scaleSite = (site: SiteHistory): SiteHistory => ({
    ...site,
    stacks: site.stacks.map(({ frames, sizeBytes }) => ({ frames, sizeBytes: sizeBytes * factor })),
    liveBytes: scale(site.liveBytes),
    liveByteMs: scale(site.liveByteMs),
    survivorBytes: scale(site.survivorBytes),
  });
  return {
    ...thread,
    rounds: thread.rounds.map((round) => ({
      ...round,
      heapUsedBytes: round.heapUsedBytes * factor,
      externalBytes: round.externalBytes * factor,
      arrayBuffersBytes: round.arrayBuffersBytes * factor,
      wasmBytes: round.wasmBytes * factor,
      rssBytes: round.rssBytes * factor,
    })),
    sites: thread.sites.map(scaleSite),
    externalSites: thread.externalSites?.map(scaleSite) ?? null,
    types: thread.types.map(scaleReading),
    landmarks: thread.landmarks.map(scaleReading),
  };
}

/** What nothing says the order of, the other way round. */
export function reverseLists(thread: ThreadEvidence): ThreadEvidence {
  const turnReading = ({ timeMs, rows }: TypeReading) => ({ timeMs, rows: rows.toReversed() });
  const turnSite = (site: SiteHistory): SiteHistory => ({ ...site, stacks: site.stacks.toReversed() });
  return {
    ...thread,
    sites: thread.sites.map(turnSite).toReversed(),
    externalSites: thread.externalSites?.map(turnSite).toReversed() ?? null,
    openings: thread.openings.toReversed(),
    types: thread.types.map(turnReading),
    landmarks: thread.landmarks.map(turnReading),
  };
}

export interface AddedGrowth {
  readonly bytesPerMs: number;
  readonly instancesPerMs: number;
  readonly survivorsPerSecond: number;
}

/** The same, and a leak beside it: in every reading from the first to the last, of every type, site and opener that there is. */
export function addGrowth(thread: ThreadEvidence, growth: AddedGrowth): ThreadEvidence {
  const { bytesPerMs, instancesPerMs, survivorsPerSecond } = growth;
  const births = thread.rounds.map(
    ({ activeMs }, round) =>
      ((activeMs - (thread.rounds[round - 1]?.activeMs ?? activeMs)) / 1000) * survivorsPerSecond,
  );
  const startMs = thread.rounds[0]?.timeMs ?? 0;
  // The heap grows by what is in it, where that was counted.
  const types = thread.types.at(-1)?.rows.length ?? 0;
  const heapBytesPerMs = types > 0 ? types * instancesPerMs * OBJECT_BYTES : bytesPerMs;
  return {
    ...thread,
    rounds: thread.rounds.map((round) => {
      // A program leaks while it works; what is native is judged by the clock.
      const activeMs = round.activeMs - (thread.rounds[0]?.activeMs ?? 0);
      const [heapBytes, externalBytes] = [activeMs * heapBytesPerMs, activeMs * bytesPerMs];
      return {
        ...round,
        heapUsedBytes: round.heapUsedBytes + heapBytes,
        externalBytes: round.externalBytes + externalBytes,
        rssBytes: round.rssBytes + heapBytes + externalBytes + (round.timeMs - startMs) * bytesPerMs,
        resources: Object.fromEntries(
          Object.entries(round.resources).map(([name, count]) => [
            name,
            count + (round.timeMs - startMs) * instancesPerMs,
          ]),
        ),
      };
    }),
    sites: thread.sites.map((site) => addSurvivors(site, births, thread.rounds)),
    externalSites: thread.externalSites?.map((site) => addSurvivors(site, births, thread.rounds)) ?? null,
    openings: thread.openings.map((opening) => ({
      ...opening,
      count: opening.count + ((thread.rounds.at(-1)?.timeMs ?? 0) - startMs) * instancesPerMs,
    })),
    ...addInstances(thread, instancesPerMs),
  };
}

const SAMPLE_BYTES = 16_384;
const OBJECT_BYTES = 64;

function addSurvivors(
  site: SiteHistory,
  births: readonly number[],
  rounds: readonly RoundReading[],
): SiteHistory {
  if (site.allocator.functionName.startsWith(BLOCK)) return site;
  const bytes = births.map((count) => count * SAMPLE_BYTES);
  const bytesUntil = (end: number) => bytes.slice(0, end).reduce((sum, more) => sum + more, 0);
  const activeMsAt = (round: number) => rounds[round]?.activeMs ?? 0;
  const ageAt = (now: number) =>
    bytes
      .slice(0, now + 1)
      .reduce((sum, more, birth) => sum + more * (activeMsAt(now) - activeMsAt(birth)), 0);
  return {
    ...site,
    survivors: site.survivors.map((count, round) => count + (births[round] ?? 0)),
    survivorBytes: site.survivorBytes.map((before, round) => before + (bytes[round] ?? 0)),
    liveBytes: site.liveBytes.map((before, round) => before + bytesUntil(round + 1)),
    liveByteMs: site.liveByteMs.map((before, round) => before + ageAt(round)),
    stacks: site.stacks.map(({ frames, sizeBytes }) => ({
      frames,
      sizeBytes: sizeBytes + bytesUntil(bytes.length),
    })),
  };
}

type Counted = Pick<ThreadEvidence, 'types' | 'landmarks'>;

function addInstances({ types, landmarks }: Counted, perMs: number): Counted {
  const startMs = [...landmarks, ...types][0]?.timeMs ?? 0;
  const bornBetween = (fromMs = 0, untilMs = 0) => (untilMs - fromMs) * perMs;
  const [first, second, third] = types.slice(-3);
  const add = (reading: TypeReading): TypeReading => ({
    timeMs: reading.timeMs,
    rows: reading.rows.map((row) => {
      const count = bornBetween(startMs, reading.timeMs);
      const settled = reading === third ? bornBetween(first?.timeMs, second?.timeMs) : 0;
      const kept = reading === third ? bornBetween(startMs, second?.timeMs) : 0;
      return {
        ...row,
        count: row.count + count,
        sizeBytes: row.sizeBytes + count * OBJECT_BYTES,
        settledCount: row.settledCount + settled,
        settledBytes: row.settledBytes + settled * OBJECT_BYTES,
        keptCount: row.keptCount + kept,
        keptBytes: row.keptBytes + kept * OBJECT_BYTES,
      };
    }),
  });
  return { types: types.map(add), landmarks: landmarks.map(add) };
}

export function changeThreads(
  evidence: LeakEvidence,
  change: (thread: ThreadEvidence) => ThreadEvidence,
): LeakEvidence {
  return { ...evidence, threads: evidence.threads.map(change) };
}
