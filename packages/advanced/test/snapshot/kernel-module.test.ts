import { expect, it } from 'vitest';
import { compileKernel } from '../../kernel/build-kernel.mjs';
import { KERNEL_MODULE } from '../../src/snapshot/kernel-module.js';

it('is what the kernel of today compiles to', async () => {
  expect(await compileKernel()).toContain(`'${KERNEL_MODULE}'`);
});
