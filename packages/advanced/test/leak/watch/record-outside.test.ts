import fs from 'node:fs';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readLiveExternalThere } from '../../../src/external/external-recording.js';
import { recordOutside } from '../../../src/leak/watch/record-outside.js';
import { readResourcesThere } from '../../../src/resources/resource-recording.js';

/** What another thread's inspector does. */
const evaluate = async (expression: string): Promise<unknown> => runInThisContext(expression);

const read = async () => ({
  external: await readLiveExternalThere(evaluate),
  resources: await readResourcesThere(evaluate, false),
});
const functions = () => [Buffer.alloc, Uint8Array, fs.openSync];

describe('recordOutside', () => {
  it('puts everything back, and can be read no more, when it is disposed; twice is harmless', async () => {
    const before = functions();
    const recording = recordOutside({ samplingIntervalBytes: 16_384 });
    expect(functions()).not.toEqual(before);
    expect(await read()).toEqual({ external: expect.anything(), resources: expect.anything() });
    recording[Symbol.dispose]();
    recording[Symbol.dispose]();
    expect(functions()).toEqual(before);
    expect(await read()).toEqual({ external: null, resources: null });
  });

  it('leaves an earlier recording as it was', async () => {
    const mine = recordOutside({ samplingIntervalBytes: 16_384 });
    recordOutside({ samplingIntervalBytes: 16_384 })[Symbol.dispose]();
    expect(await read()).toEqual({ external: expect.anything(), resources: expect.anything() });
    mine[Symbol.dispose]();
    expect(await read()).toEqual({ external: null, resources: null });
  });
});
