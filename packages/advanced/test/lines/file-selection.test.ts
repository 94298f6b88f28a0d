import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileSelection, type FileSelection, selects } from '../../src/lines/file-selection.js';

const isSelected = (file: string, selection: FileSelection = {}) =>
  selects(compileSelection(selection), resolve(file));

test('by default every file outside node_modules is instrumented', () => {
  expect(isSelected('src/a.js')).toBe(true);
  expect(isSelected('node_modules/x/a.js')).toBe(false);
});

test('include takes what matches, inside node_modules too, and exclude leaves out of that', () => {
  const selection = { include: ['node_modules/x/**', 'src/*.js'], exclude: ['**/*.test.js'] };
  expect(isSelected('node_modules/x/lib/a.js', selection)).toBe(true);
  expect(isSelected('src/a.js', selection)).toBe(true);
  expect(isSelected('src/deep/a.js', selection)).toBe(false);
  expect(isSelected('src/a.test.js', selection)).toBe(false);
});

test('a pattern is no regular expression', () => {
  expect(isSelected('src/a+(b).js', { include: ['src/a+(b).js'] })).toBe(true);
  expect(isSelected('src/abjs', { include: ['src/a?.js'] })).toBe(false);
});

test('anything but an array of globs is refused', () => {
  // @ts-expect-error what a user without types may give
  expect(() => compileSelection({ include: 'src/**' })).toThrow(/include must be an array of globs: .src/);
});
