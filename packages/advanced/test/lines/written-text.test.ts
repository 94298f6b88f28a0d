import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { instrumentSource } from '../../src/lines/instrument-source.js';
import { showFunctionsAsWritten } from '../../src/lines/written-text.js';

const FUNCTIONS = [
  'function f(a) { let s = a; s += [a]; return { s, t: () => a + [] } }',
  '(z) => z + [1]',
  'class { x = [1]; m(b) { return 8/g(b)/2 } }',
];

test.each(FUNCTIONS)('the text of %s is what its author wrote', (written) => {
  const realm = createContext({});
  showFunctionsAsWritten(runInContext('Function.prototype', realm));
  const { code } = instrumentSource(`var text = String(${written})`, { filename: 'a.js', kind: 'commonjs' });
  expect(code).toContain('/*{m');
  expect(runInContext(`${code}\n;text`, realm)).toBe(written);
});

test('Function.prototype.toString still looks native', () => {
  const realm = createContext({});
  showFunctionsAsWritten(runInContext('Function.prototype', realm));
  expect(runInContext('String(Function.prototype.toString)', realm)).toBe(
    'function toString() { [native code] }',
  );
  expect(runInContext('Function.prototype.toString.name', realm)).toBe('toString');
});
