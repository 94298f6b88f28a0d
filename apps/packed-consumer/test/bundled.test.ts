import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, inject, test } from 'vitest';
import { addProgram, installConsumer, runFile } from '../src/consumer.js';

const workshop = inject('workshop');
const consumer = await installConsumer(workshop, 'to-bundle', { own: ['@memx/core'] });

test.each([
  ['esm', 'mjs'],
  ['cjs', 'cjs'],
] as const)(
  'bundled to one %s file, core still samples from a thread of its own',
  async (format, extension) => {
    const elsewhere = join(workshop.folder, `bundle-${format}`); // with no node_modules in reach
    await mkdir(elsewhere);
    const outfile = join(elsewhere, `bundle.${extension}`);
    const program = await addProgram(consumer, 'sample-a-busy-thread.mjs');
    await build({ entryPoints: [program], bundle: true, platform: 'node', format, outfile });
    // The calling thread takes one sample at the start and one at the end; the second in between is busy.
    expect(await runFile(outfile)).toEqual({ samples: expect.toSatisfy((samples: number) => samples > 10) });
  },
);
