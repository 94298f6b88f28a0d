import { packageConfig } from '@memx/toolchain/tsup';

export default packageConfig({ both: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' } });
