import { packageConfig } from '@memx/toolchain/tsup';

export default packageConfig({
  both: {
    'express/index': 'src/express/index.ts',
    'fastify/index': 'src/fastify/index.ts',
    'nest/index': 'src/nest/index.ts',
  },
  esmOnly: {
    'vitest/index': 'src/vitest/index.ts',
    'vitest/setup': 'src/vitest/setup.ts',
    'cli/call-agent': 'src/cli/call/call-agent.ts',
    'cli/heap-worker': 'src/cli/heap/heap-worker.ts',
  },
  program: { 'cli/index': 'src/cli/index.ts' },
  cjsOnly: {
    'cli/check-agent': 'src/cli/check/check-agent.ts',
    'cli/lines-agent': 'src/cli/profile/lines-agent.ts',
    'cli/profile-agent': 'src/cli/profile/profile-agent.ts',
    'cli/run-agent': 'src/cli/run/run-agent.ts',
    'cli/take-agent': 'src/cli/snapshot/take-agent.ts',
  },
});
