import { describe, expect, it } from 'vitest';
import { packageOf, toStackFrame } from '../../src/allocation/stack-frame.js';

const raw = (url: string, functionName = 'f') => ({
  functionName,
  scriptId: '7',
  url,
  lineNumber: 0,
  columnNumber: 10,
});

describe('toStackFrame', () => {
  it('counts lines and columns from 1', () => {
    expect(toStackFrame(raw('/app/a.js'))).toMatchObject({ line: 1, column: 11 });
  });

  it('tells own code, packages, Node and V8 apart', () => {
    expect(toStackFrame(raw('/app/a.js'))).toMatchObject({ origin: 'own', packageName: null });
    expect(toStackFrame(raw('/app/node_modules/debug/src/node.js'))).toMatchObject({
      origin: 'dependency',
      packageName: 'debug',
    });
    expect(toStackFrame(raw('node:events'))).toMatchObject({ origin: 'node', packageName: null });
    expect(toStackFrame(raw('', 'add'))).toMatchObject({ origin: 'engine', packageName: null });
  });

  it('reads the file of a module URL, and takes one file loaded under several queries for one', () => {
    const { filename } = toStackFrame(raw('file:///app/with%20space/plugin.mjs?v=1'));
    expect(filename).toBe(toStackFrame(raw('file:///app/with%20space/plugin.mjs?v=2')).filename);
    expect(filename).toMatch(/with space[\\/]plugin\.mjs$/);
  });

  it('names functions that have no name', () => {
    expect(toStackFrame(raw('/app/a.js', '')).functionName).toBe('(anonymous)');
  });
});

describe('packageOf', () => {
  it.each([
    ['/app/node_modules/@grpc/grpc-js/build/src/channelz.js', '@grpc/grpc-js'],
    ['/app/node_modules/.pnpm/debug@4.1.1/node_modules/debug/src/common.js', 'debug'],
    ['C:\\app\\node_modules\\debug\\src\\common.js', 'debug'],
    ['/app/node_modules_old/a.js', null],
  ])('%s belongs to %s', (filename, expected) => {
    expect(packageOf(filename)).toBe(expected);
  });
});
