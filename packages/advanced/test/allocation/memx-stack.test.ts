import { describe, expect, it } from 'vitest';
import { dropMemx } from '../../src/allocation/memx-stack.js';
import { frameAt, type StackFrame } from '../../src/allocation/stack-frame.js';

const at = (filename: string) => frameAt({ functionName: 'f', filename, line: 1, column: 1 });
const OWN = at('/app/index.js');
const HOOK = at('/app/node_modules/@memx/advanced/dist/lines/index.cjs');
const LOADER = at('node:internal/modules/cjs/loader');
const FS = at('node:fs');
const ACORN = at('/app/node_modules/acorn/dist/acorn.js');
const BUILTIN = frameAt({ functionName: 'push', filename: '', line: 0, column: 0 });

const cleaned = (...stack: StackFrame[]) => {
  const isOfMemx = ({ packageName }: StackFrame) => packageName?.startsWith('@memx/') ?? false;
  return dropMemx([{ stack, sizeBytes: 7, sampledBytes: 7, ordinal: 1 }], isOfMemx).map(
    (sample) => sample.stack,
  );
};

describe('dropMemx', () => {
  it.each([
    ['itself', [BUILTIN, HOOK, LOADER]],
    ['by Node', [FS, HOOK, LOADER]],
    ['by its parser', [BUILTIN, ACORN, HOOK, LOADER, OWN]],
  ])('leaves out what memx allocates %s', (_, stack) => {
    expect(cleaned(...stack)).toEqual([]);
  });

  it.each([
    ['below its hook', [BUILTIN, OWN, LOADER, HOOK, LOADER], [BUILTIN, OWN, LOADER, LOADER]],
    ['while Node compiles a file below its hook', [LOADER, HOOK, LOADER], [LOADER, LOADER]],
    ['in a parser of its own', [ACORN, OWN, HOOK], [ACORN, OWN]],
    ['without JavaScript', [], []],
  ])('keeps what the program allocates %s, without the frames of memx', (_, stack, kept) => {
    expect(cleaned(...stack)).toEqual([kept]);
  });

  it('keeps the samples of a stack together', () => {
    const stack = [OWN, HOOK];
    const [a, b] = dropMemx(
      [1, 2].map((ordinal) => ({ stack, sizeBytes: 7, ordinal })),
      (frame) => frame === HOOK,
    );
    expect(a?.stack).toBe(b?.stack);
  });
});
