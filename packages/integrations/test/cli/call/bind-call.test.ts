import { describe, expect, it } from 'vitest';
import { bindCall } from '../../../src/cli/call/bind-call.js';
import { parseCall } from '../../../src/cli/call/parse-call.js';

const bind = (exports: Record<string, unknown>, call: string) => bindCall(exports, parseCall(call));
const callOf = (exports: Record<string, unknown>, call: string) => {
  const bound = bind(exports, call);
  if (typeof bound === 'string') throw new Error(bound);
  return bound;
};

describe('bindCall', () => {
  const double = (value: number) => value * 2;

  it('evaluates the arguments for each call, with its number', () => {
    const call = callOf({ double }, 'double(i + 1)');
    expect([call(0), call(1), call(6)]).toEqual([2, 4, 14]);
  });

  it('finds what a CommonJS module exports on its default only', () => {
    expect(callOf({ default: { double } }, 'double(i)')(4)).toBe(8);
  });

  it('calls the default, also one inside of what a compiler exported', () => {
    expect(callOf({ default: double }, 'default(i)')(4)).toBe(8);
    expect(callOf({ default: { default: double } }, 'default(i)')(4)).toBe(8);
  });

  it('keeps `this` of a method', () => {
    const shop = {
      price: 7,
      total: (count: number) => count,
      sum(count: number): number {
        return count * this.price;
      },
    };
    expect(callOf({ shop }, 'shop.sum(i)')(3)).toBe(21);
  });

  it('says what there is when there is no such function', () => {
    expect(bind({ double, other: 1 }, 'load()')).toBe(
      'The module exports no function load: it exports double, other',
    );
    expect(bind({}, 'load.now()')).toBe('The module exports no function load.now: it exports nothing');
  });
});
