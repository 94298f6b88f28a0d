import { describe, expect, it } from 'vitest';
import { describeNode } from '../../src/snapshot/node-naming.js';

describe('describeNode', () => {
  it.each([
    ['object', 'Order', 'object', 'Order'],
    ['object', '', 'object', '(object)'],
    ['object', 'system / Context', 'hidden', 'Context'],
    ['object', 'Object (prototype) / ', 'object', 'Object (prototype)'],
    ['native', 'Node / TCPWrap', 'native', 'Node / TCPWrap'],
    ['native', 'system / JSArrayBufferData', 'native', 'JSArrayBufferData'],
    ['native', 'Detached HTMLDivElement', 'native', 'Detached HTMLDivElement'],
    ['closure', 'onData', 'closure', '(closure) onData'],
    ['closure', '', 'closure', '(closure)'],
    ['string', 'secret', 'string', '(string)'],
    ['concatenated string', 'secret', 'string', '(concatenated string)'],
    ['sliced string', 'secret', 'string', '(sliced string)'],
    ['array', '', 'array', '(array)'],
    ['array', '(object properties)', 'array', '(object properties)'],
    ['hidden', 'system / PropertyArray', 'hidden', 'PropertyArray'],
    ['hidden', 'system / NativeContext / ', 'hidden', 'NativeContext'],
    ['hidden', 'system / Map (ConsOneByteString)', 'object shape', '(object shape)'],
    ['object shape', 'system / DescriptorArray', 'object shape', '(object shape)'],
    ['hidden', 'private symbol', 'symbol', '(symbol)'],
    ['code', '(shared function info)', 'code', '(code)'],
    ['regexp', 'a+', 'regexp', '(regexp)'],
    ['number', 'heap number', 'number', '(number)'],
    ['symbol', 'symbol', 'symbol', '(symbol)'],
    ['bigint', 'bigint', 'bigint', '(bigint)'],
    ['gizmo', 'whatever', 'unknown', '(gizmo)'],
  ])('calls a %s named "%s" a %s "%s"', (type, v8Name, kind, name) => {
    expect(describeNode(type, v8Name)).toEqual({ kind, name });
  });

  it('keeps a user class apart from an object of V8 with the same printed name', () => {
    for (const name of ['Context', 'Map', 'Cell']) {
      expect(describeNode('object', name)).not.toEqual(describeNode('object', `system / ${name}`));
    }
  });

  it('leaves roots out', () => {
    expect(describeNode('synthetic', '(GC roots)')).toBeNull();
  });
});
