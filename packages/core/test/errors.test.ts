import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { MemxError } from '../src/errors.js';

const make = (value?: unknown) =>
  new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Invalid intervalMs',
    ...(value === undefined ? {} : { value }),
    remedy: 'Give a number.',
  });

describe('MemxError', () => {
  it('says what happened, the value seen and what to do, in this order', () => {
    expect(make('fast').message).toBe("Invalid intervalMs: 'fast'. Give a number.");
    expect(make().message).toBe('Invalid intervalMs. Give a number.');
  });

  it('carries code, remedy and cause', () => {
    const cause = new Error('below');
    const error = new MemxError('ERR_MEMX_IO', { what: 'w', remedy: 'r.', cause });
    expect(error).toMatchObject({ name: 'MemxError', code: 'ERR_MEMX_IO', remedy: 'r.', cause });
    expect('cause' in make()).toBe(false);
  });

  it('abbreviates a value that is long', () => {
    const message = make(Array.from({ length: 500 }, (_, i) => `item ${i}`)).message;
    expect(message.length).toBeLessThan(170);
    expect(message).toContain('…');
  });

  it('is recognized by the other copy of the package, both ways', async () => {
    const commonJs: typeof import('../src/index.js') = createRequire(import.meta.url)('../dist/index.cjs');
    const details = { what: 'w', remedy: 'r.' };
    expect(new commonJs.MemxError('ERR_MEMX_IO', details)).toBeInstanceOf(MemxError);
    expect(new MemxError('ERR_MEMX_IO', details)).toBeInstanceOf(commonJs.MemxError);
    expect(new Error('other')).not.toBeInstanceOf(MemxError);
    expect(null).not.toBeInstanceOf(MemxError);
  });

  it('lets a subclass tell its own from others', () => {
    class SpecialError extends MemxError {}
    expect(make()).not.toBeInstanceOf(SpecialError);
    expect(new SpecialError('ERR_MEMX_IO', { what: 'w', remedy: 'r.' })).toBeInstanceOf(SpecialError);
  });

  it('is called by its name in the built package, where bundlers rename classes', () => {
    const commonJs: typeof import('../src/index.js') = createRequire(import.meta.url)('../dist/index.cjs');
    expect([commonJs.MemxError.name, commonJs.MemorySeries.name, commonJs.MemoryContext.name]).toEqual([
      'MemxError',
      'MemorySeries',
      'MemoryContext',
    ]);
  });
});
