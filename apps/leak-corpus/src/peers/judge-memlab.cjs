'use strict';
/** A process of its own: memlab on three snapshots, by its API, from the folder where it was installed. Prints JSON last. */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [snapshots, installed] = process.argv.slice(2);
const load = createRequire(join(installed, 'package.json'));
const [s1, s2, s3] = [1, 2, 3].map((i) => join(snapshots, `s${i}.heapsnapshot`));

async function judge() {
  const { findLeaksBySnapshotFilePaths, ConsoleMode } = load('@memlab/api');
  const { ShapeUnboundGrowthAnalysis } = load('@memlab/heap-analysis');
  const leaks = await findLeaksBySnapshotFilePaths(s1, s2, s3, {
    workDir: join(snapshots, 'memlab'),
    consoleMode: ConsoleMode?.SILENT,
  });
  const analysis = new ShapeUnboundGrowthAnalysis();
  await analysis.analyzeSnapshotsInDirectory(snapshots);
  const growing = analysis
    .getShapesWithUnboundGrowth()
    .filter(
      ({ counts, sizes }) =>
        counts.length === 3 &&
        counts[0] < counts[1] &&
        counts[1] < counts[2] &&
        sizes[2] - sizes[0] > 100_000,
    );
  return {
    'memlab find-leaks': leaks.map((leak) => Object.values(leak)[0]?.name ?? 'leak'),
    'memlab unbound-shape': growing.map(({ shape }) => shape),
  };
}

judge().then(
  (flags) => console.log(`\n${JSON.stringify(flags)}`),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
