import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldText } from '../../src/compare/held-text.js';

describe('HeldText', () => {
  it('gives any text back', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => `${new HeldText(text)}` === text));
  });

  it.each([65_535, 65_536, 65_537, 196_608, 200_003])('gives %d bytes back, across its blocks', (length) => {
    const text = Array.from({ length }, (_, index) => index % 10).join('');
    expect(`${new HeldText(text)}`).toBe(text);
    const broad = `${text.slice(2)}é`;
    expect(`${new HeldText(broad)}`).toBe(broad);
  });
});
