import { describe, expect, it } from 'vitest';
import type { RoundReading } from '../../../src/leak/evidence.js';
import { judgeGrowing } from '../../../src/leak/judge/judge-growing.js';
import { CohortBook } from '../../../src/leak/watch/cohort-book.js';
import { frame } from '../build-evidence.js';

const ROUNDS = 24;
const SECONDS_A_ROUND = 0.8;
const BLOCK = 16_384;

/** Of one object: when it is born and when it is let go of, in seconds. */
interface Life {
  readonly from: number;
  readonly to: number;
  readonly sizeBytes?: number;
}

/** What a watch of 19 s sees of one site whose objects live so. */
function judge(lives: readonly Life[]) {
  const book = new CohortBook();
  const allocator = frame('enqueue', '/app/queue.js');
  const born = lives.toSorted((a, b) => a.from - b.from);
  const roundEndsMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const now = (round + 1) * SECONDS_A_ROUND;
    roundEndsMs.push(now * 1000);
    const living = born.flatMap(({ from, to, sizeBytes = BLOCK }, index) =>
      from <= now && to > now ? [{ stack: [allocator], sizeBytes, ordinal: index + 1 }] : [],
    );
    book.record({ timeMs: now * 1000, activeMs: now * 1000 } as RoundReading, living);
  }
  const [history] = book.histories();
  return history ? judgeGrowing(history, roundEndsMs) : null;
}

const END = ROUNDS * SECONDS_A_ROUND;

/** So many a second, each for as long as is told. */
function stream(perSecond: (at: number) => number, livesFor: (at: number) => number): Life[] {
  const lives: Life[] = [];
  for (let at = 0; at < END; at += 1 / perSecond(at)) lives.push({ from: at, to: at + livesFor(at) });
  return lives;
}

/** A block that is replaced by one so many times as large whenever it is full, of what comes in until it is told to stop. */
function regrown({ ratio = 1.5, until = END, perSecond = 100_000 } = {}): Life[] {
  const lives: Life[] = [];
  let sizeBytes = 40_000;
  for (let from = 0; ; sizeBytes *= ratio) {
    const to = sizeBytes / perSecond;
    lives.push({ from, to: to > until ? Number.POSITIVE_INFINITY : to, sizeBytes });
    if (to > until) return lives;
    from = to;
  }
}

describe('judgeGrowing', () => {
  it('knows a queue whose consumer is too slow, by the time for which things stay in it', () => {
    const steady = () => 10;
    expect(judge(stream(steady, (at) => at * 0.3))).toBe('backlog');
    expect(
      judge(
        stream(
          () => 40,
          (at) => at * 0.1,
        ),
      ),
    ).toBe('backlog');
  });

  it('says nothing of a load that rises: nothing stays for longer', () => {
    expect(
      judge(
        stream(
          (at) => 4 + at * 3,
          () => 1.2,
        ),
      ),
    ).toBeNull();
    expect(
      judge(
        stream(
          (at) => 4 + at * 3,
          () => 0.1,
        ),
      ),
    ).toBeNull();
  });

  it('says nothing of a window, nor of one that was full in the last third of the time', () => {
    for (const seconds of [1, 4, 8, 13])
      expect(
        judge(
          stream(
            () => 10,
            () => seconds,
          ),
        ),
      ).toBeNull();
  });

  it('says nothing of waves of load', () => {
    expect(
      judge(
        stream(
          (at) => 10 + 9 * Math.sin(at * 2),
          (at) => 1 + Math.sin(at * 2),
        ),
      ),
    ).toBeNull();
  });

  it('says nothing of a backlog that was worked off', () => {
    expect(
      judge(
        stream(
          () => 10,
          (at) => Math.max(0.2, 4 - Math.abs(at - 8) * 0.8),
        ),
      ),
    ).toBeNull();
  });

  it('knows a list that is copied to a larger block whenever it is full', () => {
    expect(judge(regrown())).toBe('regrown');
    expect(judge(regrown({ ratio: 1.3, perSecond: 60_000 }))).toBe('regrown');
  });

  it('says nothing of a list that is full: its next block is overdue', () => {
    for (const until of [3, 6, 9, 12]) expect(judge(regrown({ until }))).toBeNull();
  });

  it('says nothing of a block that was replaced by a smaller one', () => {
    const blocks = [300, 450, 700, 400, 900, 1_300].map((kib, index) => ({
      from: index * 3,
      to: index * 3 + 3,
      sizeBytes: kib * 1024,
    }));
    expect(judge(blocks)).toBeNull();
  });

  it('answers for a watch that has only begun', () => {
    expect(judgeGrowing({ survivors: [], liveBytes: [], liveByteMs: [] }, [])).toBeNull();
    expect(judgeGrowing({ survivors: [9], liveBytes: [0], liveByteMs: [0] }, [400])).toBeNull();
  });
});
