import { packageConfig } from '@memx/toolchain/tsup';

const builds = packageConfig({ both: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' } });

// One file an entry: a second one takes 2 ms more to import (Node 20), and CommonJS in parts goes through sucrase, which
// renames classes and makes a call of every `?.`. What the entries share lies on globalThis.
export default builds.map((build) => ({ ...build, splitting: false }));
