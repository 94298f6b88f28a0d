import { describe, expect, it } from 'vitest';
import {
  checkFunction,
  checkMethod,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkString,
} from '../../src/index.js';

describe('option checks', () => {
  it('echo the name, the value and the range that was missed', () => {
    expect(() => checkNumber('count', 1.5, { min: 1, max: 9, integer: true })).toThrow(
      'Invalid count: 1.5. Give a whole number from 1 to 9.',
    );
    expect(() => checkNumber('count', '3', { min: 1 })).toThrow(
      "Invalid count: '3'. Give a number, 1 or more.",
    );
    expect(() => checkNumber('count', 3, { max: 2 })).toThrow('2 or less');
    expect(() => checkNumber('count', Number.NaN)).toThrow('Give a number.');
    expect(() => checkOneOf('format', 'xml', ['json', 'csv'])).toThrow("Give one of 'json', 'csv'.");
    expect(() => checkFunction('onProfile', 3)).toThrow('Invalid onProfile: 3.');
    expect(() => checkString('label', 3)).toThrow('Invalid label: 3.');
    expect(() => checkMethod('source', { read: 1 }, 'read')).toThrow('the method read()');
  });

  it('find a misspelt option', () => {
    expect(() => checkOptions('trackMemory', { intervalMS: 1 }, ['intervalMs' as never])).toThrow(
      "Invalid trackMemory option: 'intervalMS'. The options are intervalMs.",
    );
    expect(() => checkOptions('trackMemory', null as never, [])).toThrow(
      'Invalid trackMemory options: null.',
    );
  });

  it('return what passes', () => {
    expect(checkNumber('count', 3, { min: 3, max: 3, integer: true })).toBe(3);
    expect(checkOneOf('format', 'csv', ['json', 'csv'])).toBe('csv');
    expect(checkFunction('onProfile', undefined)).toBeUndefined();
    expect(checkString('label', '')).toBe('');
  });
});
