import { packageConfig } from '@memx/toolchain/tsup';

export default packageConfig({
  both: {
    index: 'src/index.ts',
    'agent/index': 'src/agent/index.ts',
    'lines/index': 'src/lines/index.ts',
    'lines/register-now': 'src/lines/register-now.ts',
    'testing/index': 'src/testing/index.ts',
    'snapshot/redact/index': 'src/snapshot/redact/index.ts',
  },
});
