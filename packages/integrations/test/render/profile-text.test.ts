import { type AllocationProfile, diffProfiles } from '@memx/advanced';
import { describe, expect, it } from 'vitest';
import { renderProfileText } from '../../src/render/profile-text.js';

const place = (functionName: string, filename: string, line: number, column: number) => ({
  functionName,
  filename,
  line,
  column,
  origin: filename === '' ? 'engine' : filename.includes('node_modules') ? 'dependency' : 'own',
  packageName: filename.includes('node_modules') ? 'lib' : null,
});

function profileOf(meta: Partial<AllocationProfile> = {}, bytes = [3_000_017, 1_000_003]): AllocationProfile {
  const frames = [
    place('parse', '/app/src/parse.js', 7, 21),
    place('JSON.parse', '', 0, 0),
    place('keep', '/app/node_modules/lib/index.js', 2, 16),
  ] as AllocationProfile['frames'];
  return {
    kind: 'profile',
    node: 'v20.20.2',
    startedAtEpochMs: 0,
    durationMs: 4_507,
    samplingIntervalBytes: 65_536,
    measure: 'total',
    precision: 'line',
    inliningOff: true,
    externalIntervalBytes: null,
    threads: [{ id: 0 }, { id: 2 }],
    frames,
    stacks: [
      {
        thread: 0,
        memory: 'heap',
        count: null,
        frames: [1, 0],
        sizeBytes: bytes[0] ?? 0,
        samples: 47,
        standardErrorBytes: 400_009,
      },
      {
        thread: 1,
        memory: 'heap',
        count: null,
        frames: [2],
        sizeBytes: bytes[1] ?? 0,
        samples: 13,
        standardErrorBytes: 200_003,
      },
    ],
    ...meta,
  };
}

const render = (profile: AllocationProfile, columns = 80) =>
  renderProfileText(profile, {
    columns,
    colors: false,
    cwd: '/app',
    top: 20,
    sourceLineOf: (filename) =>
      filename === '/app/src/parse.js'
        ? '\tconst parsed = text.map((line) => JSON.parse(line)); // each'
        : null,
  });

describe('renderProfileText', () => {
  it('names place, builtin, function and text of a line', () => {
    expect(
      render(profileOf()),
    ).toBe(`memx  Allocated in 4.5 s on Node v20.20.2: 3.8 MiB ±12 % (60 samples, one per
64.0 KiB).

     Bytes   Share  Error  Samples  Line
   2.9 MiB  75.0 %  ±14 %       47  src/parse.js:7:21  JSON.parse
                                    parse  (your code)
                                    …rsed = text.map((line) => JSON.parse(line)…
 976.6 KiB  25.0 %  ±21 %       13  lib/index.js:2:16
                                    keep  (lib)

     Bytes   Share  Error  Samples  Package
   2.9 MiB  75.0 %  ±14 %       47  your code
 976.6 KiB  25.0 %  ±21 %       13  lib

     Bytes   Share  Error  Samples  Thread
   2.9 MiB  75.0 %  ±14 %       47  main thread
 976.6 KiB  25.0 %  ±21 %       13  worker 2

A place in node_modules is where its function starts, unless --include names the
file.
`);
  });

  it('keeps every line but paths within the columns', () => {
    for (const columns of [80, 120]) {
      const lines = render(profileOf({ precision: 'function', inliningOff: false }), columns).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    expect(render(profileOf(), 120)).toContain(
      'const parsed = text.map((line) => JSON.parse(line)); // each\n',
    );
  });

  it('says whose bytes may be blamed on a caller while V8 inlines', () => {
    const inlining = render(profileOf({ precision: 'function', inliningOff: false }));
    expect(inlining).toContain('the bytes of a function, and of its package');
    expect(render(profileOf({ precision: 'function', inliningOff: true }))).not.toContain('inlines');
  });

  it('writes a difference signed, with its error in bytes and without shares', () => {
    const difference = diffProfiles(profileOf(), profileOf({}, [5_000_011, 500_009]));
    const text = render(difference);
    expect(text).toMatch(/^memx {2}Allocated in the second but not in the first: \+1\.4 MiB, ±\d+\.\d KiB/);
    expect(text).toMatch(/\n +\+1\.9 MiB +±552\.4 KiB +94 {2}src\/parse\.js:7:21 {2}JSON\.parse\n/);
    expect(text).toMatch(/\n +-488\.3 KiB +±276\.2 KiB +26 {2}lib\/index\.js:2:16\n/);
    expect(text).not.toContain('Share');
  });
});
