import { describe, expect, it } from 'vitest';
import { parseCall } from '../../../src/cli/call/parse-call.js';

describe('parseCall', () => {
  it.each([
    ['load()', ['load'], ''],
    ['default({ id: i })', ['default'], '{ id: i }'],
    [' api.v2.load(1, "a)b", [2, 3]) ;', ['api', 'v2', 'load'], '1, "a)b", [2, 3]'],
    ['größe(\n  1,\n)', ['größe'], '\n  1,\n'],
  ])('takes %j apart', (text, path, args) => {
    expect(parseCall(text)).toEqual({ path, args });
  });

  it.each([
    ['load', /Give an exported function/],
    ['1()', /Give an exported function/],
    ['load({ id: )', /no JavaScript/],
    ['load(a b)', /no JavaScript/],
  ])('refuses %j', (text, message) => {
    expect(() => parseCall(text)).toThrow(message);
  });

  it('does not evaluate the arguments', () => {
    expect(parseCall('load(process.exit(9))').args).toBe('process.exit(9)');
  });
});
