import { fileURLToPath } from 'node:url';
import { workerSourceForVite } from '@memx/toolchain/worker-source';
import { defineConfig } from 'vitest/config';

/** One project per package, so that one run gives one total. Tests that start programs use the built packages. */
const project = (root: string, test: Record<string, unknown> = {}) => ({
  root,
  plugins: [workerSourceForVite()],
  test: {
    name: root.split('/').at(-1),
    include: ['test/**/*.test.ts'],
    // Inline projects do not inherit these. Tests that start programs need more than 5 s on a busy machine.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    ...test,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('packages/core'),
      project('packages/advanced'),
      project('packages/integrations'),
      project('packages/memx'),
      project('apps/packed-consumer', {
        globalSetup: [fileURLToPath(new URL('apps/packed-consumer/src/workshop.ts', import.meta.url))],
        testTimeout: 300_000, // npm installs
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
