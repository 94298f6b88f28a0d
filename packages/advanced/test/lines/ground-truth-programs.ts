/**
 * Programs whose allocating lines are known: they end in `//@`, with the bytes of one call of `run` where these are
 * known (arrays of a prime length: 16 bytes of header and 8 for each element, and 32 of the array itself). What V8
 * allocates outside of every expression (a promise, a generator, `arguments`, the context of captured variables, the iterator of a pattern, a thrown
 * error's message)
 * belongs to the line where the function starts.
 */
export const GROUND_TRUTH: Readonly<Record<string, string>> = {
  'object literal': `
const run = (i) => {
  const a = { x: i, y: 2, z: 3, u: 4, v: 5 }; //@ 64
  return a;
};`,
  'array literal': `
function run(i) {
  const n = i * 2;
  return [i, n, 3, 5, 7, 11, 13]; //@ 104
}`,
  'array of a prime length': `
function run() {
  const list = new Array(101); //@ 856
  return list;
}`,
  'two arrays on two lines': `
function run() {
  const a = new Array(53); //@ 472
  const b = new Array(17); //@ 184
  return a.length + b.length;
}`,
  'class instance with fields': `
class Point {
  tags = new Array(19); //@ 200
  #hidden = new Array(5); //@ 88
  constructor(x) {
    this.x = x;
  }
}
function run(i) {
  return new Point(i); //@
}`,
  'class method and getter': `
class Box {
  get cells() {
    return new Array(23); //@ 232
  }
  copy(list) {
    return list.concat(list); //@
  }
}
const box = new Box();
function run() {
  return box.copy(box.cells);
}`,
  closures: `
function counter(start) { //@
  let count = start;
  return () => { //@
    count += 1;
    return count;
  };
}
function run(i) {
  return counter(i);
}`,
  'template string': `
function run(i) {
  const name = 'item';
  return \`\${name}-\${i}-with a tail that is long enough\`; //@
}`,
  concatenation: `
function run(i) {
  let text = 'start of a longer text ';
  text += i; //@
  text += ' and more'; //@
  return text;
}`,
  'spread of an array': `
const seven = [1, 2, 3, 4, 5, 6, 7];
function run(i) {
  return [
    ...seven, ...seven, i];
}`.replace('return [', 'return [ //@'),
  'spread of an object': `
const base = { a: 1, b: 2, c: 3 };
function run(i) {
  const copy = { ...base, i }; //@
  return copy;
}`,
  destructuring: `
function pair(i) {
  return [i, { i }]; //@
}
function run(i) { //@
  const [first, { i: second = [] }] = pair(i);
  const { ...rest } = { first, second, third: new Array(31) }; //@
  return rest;
}`,
  'async function': `
const later = async (i) => { //@
  await null;
  return new Array(37); //@ 344
};
async function run(i) { //@
  const list = await later(i);
  return list;
}`,
  generator: `
function* chunks(n) { //@
  for (let i = 0; i < n; i++) {
    yield new Array(29); //@ 840
  }
}
function run() { //@
  let total = 0;
  for (const chunk of chunks(3)) total += chunk.length;
  return total;
}`,
  getters: `
const holder = {
  get value() {
    return { list: new Array(11) }; //@
  },
};
function run() {
  return holder.value;
}`,
  'tagged template': `
const tag = (parts, ...values) => ({ parts, values }); //@
function run(i) {
  return tag\`a\${i}b\${i}\`;
}`,
  'JSON.parse': `
const text = JSON.stringify(Array.from({ length: 43 }, (_, i) => i + 0.5));
function run() {
  const parsed = JSON.parse(text); //@
  return parsed;
}`,
  'Map and Set': `
function run(i) {
  const map = new Map(); //@
  map.set(i, i);
  const set = new Set([i]); //@
  return map.size + set.size;
}`,
  'regular expression': `
function run(i) {
  const pattern = /a(b)c/; //@
  const match = pattern.exec('xabcx'); //@
  return match;
}`,
  recursion: `
function tree(depth) {
  if (depth === 0) return null;
  return { //@
    left: tree(depth - 1),
    right: tree(depth - 1),
  };
}
function run() {
  return tree(4);
}`,
  'a chain over several lines': `
const numbers = Array.from({ length: 47 }, (_, i) => i);
const isOdd = (n) => n % 2 === 1;
const half = (n) => n >> 1;
function run() {
  return numbers
    .filter(isOdd) //@
    .map(half) //@
    .slice(3); //@
}`,
  split: `
const csv = Array.from({ length: 41 }, (_, i) => 'v' + (i % 7)).join(',');
let turn = 0;
function run() {
  const line = csv + turn++; //@
  return line.split(','); //@
}`,
  'Array.from': `
function run(i) { //@
  return Array.from({ length: 59 }, () => i); //@
}`,
  'Object.keys and entries': `
const record = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 };
function run() {
  const entries = Object.entries(record); //@
  return entries.length;
}`,
  'callback in a callback': `
const rows = [1, 2, 3];
function run(i) { //@
  return rows.map((row) => //@
    rows.map((cell) => //@
      ({ row, cell, i }))); //@
}`,
  'loop with a captured variable': `
function run(i) { //@
  let last = null;
  for (let k = 0; k < 3; k++) {
    last = () => k + i; //@
    last.list = new Array(61); //@
  }
  return last;
}`,
  switch: `
function run(i) {
  switch (i % 2) {
    case 0:
      return new Array(67); //@
    default:
      return { odd: new Array(71) }; //@
  }
}`,
  'try and finally': `
function run(i) { //@
  try {
    if (i % 2) throw new Array(73); //@
    return null;
  } catch (error) {
    return error.concat(error); //@
  }
}`,
  'optional chain': `
const source = { make: { list: (n) => new Array(n) } }; //@
function run() {
  return source?.make?.list(79)?.concat([1]); //@
}`,
  arguments: `
function inner() { //@
  return Array.prototype.slice.call(arguments); //@
}
function run(i) {
  return inner(i, i, i, i, i, i, i);
}`,
};
