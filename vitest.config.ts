import { fileURLToPath } from 'node:url';
import { workerSourceForVite } from '@memx/toolchain/worker-source';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

type TestOptions = NonNullable<TestProjectInlineConfiguration['test']>;

/** Tests that watch a real program for some seconds. */
const LIVE = 'test/**/*.live.test.ts';

/** One project per package, so that one run gives one total. Tests that start programs use the built packages. */
function project(root: string, test: TestOptions = {}): TestProjectInlineConfiguration {
  return {
    root,
    plugins: [workerSourceForVite()],
    test: {
      name: root.split('/').at(-1) ?? root,
      include: ['test/**/*.test.ts'],
      exclude: [LIVE],
      // Inline projects do not inherit these. Tests that start programs need more than 5 s on a busy machine.
      pool: 'forks',
      testTimeout: 30_000,
      hookTimeout: 30_000,
      // Real programs on a shared machine: .ci/run tells at its end what had to be tried again.
      retry: process.env['CI'] ? 1 : 0,
      ...test,
    },
  };
}

/** One file at a time, after all others: what they watch should have the machine to itself. */
const alone = (root: string, groupOrder: number) =>
  project(root, {
    name: `${root.split('/').at(-1)} live`,
    include: [LIVE],
    exclude: [],
    maxWorkers: 1,
    testTimeout: 60_000,
    sequence: { groupOrder },
  });

export default defineConfig({
  test: {
    projects: [
      project('packages/core'),
      project('packages/advanced'),
      project('packages/integrations'),
      project('packages/memx'),
      project('apps/bench', { include: ['test/**/*.test.mjs'], testTimeout: 300_000 }),
      project('apps/leak-corpus'),
      project('apps/packed-consumer', {
        globalSetup: [fileURLToPath(new URL('apps/packed-consumer/src/workshop.ts', import.meta.url))],
        testTimeout: 300_000, // npm installs
        sequence: { groupOrder: 1 },
      }),
      alone('packages/advanced', 2),
      alone('packages/integrations', 3),
    ],
  },
});
