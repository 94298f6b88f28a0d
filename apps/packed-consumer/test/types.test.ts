import { describe, expect, inject, test } from 'vitest';
import { compile, compilers, resolutions } from '../src/compile.js';
import { addProgram, installConsumer } from '../src/consumer.js';

const workshop = inject('workshop');
const layers = ['@memx/core', '@memx/advanced'];
const plain = await installConsumer(workshop, 'typed', { own: layers, peers: ['@types/node'] });
const legacy = await installConsumer(workshop, 'typed-legacy', {
  own: ['@memx/core'],
  peers: ['@types/node'],
});
for (const program of ['core.mts', 'core-in-commonjs.cts', 'advanced.mts'])
  await addProgram(plain, `typed/${program}`);
await addProgram(legacy, 'typed/legacy-decorator.mts');

describe.each(compilers)('%s', (compiler) => {
  test.each(Object.keys(resolutions) as (keyof typeof resolutions)[])(
    'checks consumers of core and advanced, and our declarations, with moduleResolution %s',
    async (resolution) => {
      expect(await compile(plain.folder, compiler, { resolution })).toBe('');
    },
  );

  test('checks trackMemory as a legacy decorator', async () => {
    const extra = { experimentalDecorators: true };
    expect(await compile(legacy.folder, compiler, { resolution: 'node16', extra })).toBe('');
  });
});
