import { describe, expect, test } from 'vitest';
import { instrumentSource } from '../../src/lines/instrument-source.js';

const instrument = (code: string, kind: 'module' | 'commonjs' | 'script' = 'commonjs') =>
  instrumentSource(code, { filename: 'a.js', kind }).code;
const MARKS = / \/\*\{m_\*\/|\/\*\{m(\+=|arguments)?\*\/|\/\*m\}\*\//g;
/** What was inserted, without the marks around it. */
const inserted = (code: string, kind?: 'module' | 'script') => instrument(code, kind).replaceAll(MARKS, '');

test('a call is named by its builtin, not by a function that the file declares or imports', () => {
  const nameOf = (call: string) => {
    const code = `import { load } from 'x';\nfunction own() {}\nclass Box {}\nkeep = ${call};`;
    const { positions, code: text } = instrumentSource(code, { filename: 'a.js', kind: 'module' });
    const line = text.split('\n')[3] ?? '';
    const columns = Array.from({ length: line.length }, (_, index) => index + 1);
    return columns
      .flatMap((column) => positions.expressionAt({ line: 4, column }) ?? [])
      .map(({ callee }) => callee);
  };
  expect(nameOf('structuredClone(a)')).toEqual(['structuredClone']);
  expect(nameOf('a.split(b)')).toEqual(['split']);
  expect(nameOf('JSON.parse(a)')).toEqual(['JSON.parse']);
  expect(nameOf('new Box(a)')).toEqual(['Box']);
  expect(nameOf('own(a)')).toEqual([null]);
  expect(nameOf('load?.(a)')).toEqual([null]);
  expect(nameOf('a.load(b)')).toEqual(['load']);
});

describe('what is inserted', () => {
  test('a function that is kept takes what its expression reads', () => {
    expect(inserted('function f(a, b) { return { a, b } }')).toBe(
      'function f(a, b) { return ($m_0??=(a,b)=>({ a, b }))(a,b) }\n;var $m_0;',
    );
  });

  test('a function may be too long to be inlined', () => {
    const options = { filename: 'a.js', kind: 'script', resistsInlining: true } as const;
    expect(instrumentSource('a = [1]', options).code.replaceAll(MARKS, '')).toBe(
      'a = (($m_n)=>$m_n?[[$m_n]=$m_n,[$m_n]=$m_n,[$m_n]=$m_n,[$m_n]=$m_n]:[1])()',
    );
  });

  test('a function that reads this is kept too', () => {
    expect(inserted('class A { m() { return [this] } }')).toContain(
      'return ($m_0??=function(){return [this]}).call(this)',
    );
  });

  test('a function is made anew where a kept one would hold the variables of the first call', () => {
    expect(inserted('function f(a) { g(() => a); return [1] }')).toContain('return (()=>[1])()');
  });

  test('a call that passes arguments on takes them as an argument', () => {
    expect(inserted('function f() { return g(1, h(...arguments)) }')).toContain(
      'return ($m_0??=($m_a)=>g(1, ($m_1??=($m_a)=>h(...$m_a))($m_a)))(arguments)',
    );
    expect(inserted('function f() { return g(arguments[0]) }')).toContain('return (()=>g(arguments[0]))()');
    expect(inserted('function f(a) { return g(arguments, a) }')).toContain(
      'return (($m_a)=>g($m_a, a))(arguments)',
    );
    expect(inserted('const f = function () { return () => g(arguments) }')).toContain('()=>g(arguments)');
  });

  test('an appended string is read before and written outside', () => {
    expect(inserted("let s = ''; s += t")).toContain('s =($m_0??=()=>s+( t))()');
  });

  test('scripts get no variable', () => {
    expect(instrument('f([])', 'script')).not.toContain('var');
  });
});

test.each([
  ['await', 'async function f() { await a(await b) }', 'async function f() { await a(await b) }'],
  ['yield', 'function* f() { g(yield) }', 'function* f() { g(yield) }'],
  ['a callee', '(a.b)`c`[0].d = 1', '(()=>(a.b)`c`)()[0].d = 1'],
  ['super()', 'class A extends B { constructor() { super(x) } }', null],
  ['an error that is thrown', "throw new TypeError('a' + b(c), { cause: new E() })", null],
  ['an error of a namespace', 'throw new errors.ParseError([a])', null],
  [
    'a function in an error, but its parts',
    'throw new E1Error(() => [a])',
    'throw new E1Error(() => (()=>[a])())',
  ],
  ['a direct eval', 'eval(a)', null],
  ['a part of an optional chain', 'a?.b.c.d', null],
  ['patterns and targets', '({ a, b: [c] } = d)', null],
  ['directives', "'use strict'", null],
  ['typeof and delete', 'typeof a; delete b.c', null],
  ['a default export without a name', 'export default () => {}', null],
  ['exports that Node reads from the text', 'module.exports = { a, b }', null],
  ['sums of numbers', 'let i = 0; i += 2; a[i + 1] - (i * 2 + 3)', null],
])('nothing stands around %s', (_, code, expected) => {
  const kind = code.startsWith('export') ? 'module' : 'script';
  expect(inserted(code, kind)).toBe(expected ?? code);
});

test('what is thrown and is no error is told by its line', () => {
  expect(inserted('throw new Box([a])', 'script')).toBe('throw (()=>new Box((()=>[a])()))()');
});

test('a statement without a semicolon is not called by the next one', () => {
  const seen: unknown[] = [];
  const run = new Function('print', instrument('const a = print\nprint(1)\nreturn a'));
  run((value: unknown) => seen.push(value));
  expect(seen).toEqual([1]);
});

test('division and regular expressions do not become comments', () => {
  const run = new Function(`f`, instrument('return [8/f(2)/2, /a/, "xay".replace(/a/, f("b"))]'));
  expect(run((value: unknown) => value)).toEqual([2, /a/, 'xby']);
});

test('anonymous functions and classes keep the names of their places', () => {
  const run = new Function(
    instrument(`const f = () => {}; let { g = function () {} } = {}; var A = class { s = () => {} }
      const o = { h: () => {}, [String('i')]: () => {} }; let j; j = () => j; j ??= 1
      return [f, g, A, o.h, o.i, j, new A().s].map(({ name }) => name).join()`),
  );
  expect(run()).toBe('f,g,A,h,i,j,s');
});

test('a text that is instrumented already stays as it is', () => {
  const once = instrument('f([])');
  expect(instrument(once)).toBe(once);
});

test('a place of the instrumented text leads back to the original', () => {
  const code = 'const a = [1]; b(() => a)\n  c();';
  const { code: changed, positions } = instrumentSource(code, { filename: 'a.js', kind: 'commonjs' });
  const column = changed.indexOf('() => a') + 1;
  expect(positions.toOriginal({ line: 1, column })).toEqual({ line: 1, column: code.indexOf('() => a') + 1 });
});
