/**
 * Functions whose bytes per call are known, from 16 bytes to 10 KB: by V8's layout on 64 bits without pointer compression
 * (the same on Node 20 to 26), or, where the layout is V8's own affair (`bytes: null`), by how far the heap grows. `beside` names the program that does
 * the rest of what one does.
 */
const WORD = 8;
const ARRAY_OBJECT = 4 * WORD;
const objectOf = (fields) => (3 + fields) * WORD;
const arrayOf = (length) => ARRAY_OBJECT + (2 + length) * WORD;
const CLOSURE = 7 * WORD;
const contextOf = (variables) => (4 + variables) * WORD;
const COLLECTION = 4 * WORD;
const mapTable = (capacity) => (2 + 3 + capacity / 2 + 3 * capacity) * WORD;
const setTable = (capacity) => (2 + 3 + capacity / 2 + 2 * capacity) * WORD;

let number = 0.3;
const step = 0;
let left = 'left part of a rope ';
left += step;
const right = 'and its right part';
const letters = Buffer.alloc(1009, 'letters ');
const csv = Array.from({ length: 101 }, (_, i) => `v${i % 7}`).join(',');
const json = JSON.stringify(Array.from({ length: 43 }, (_, i) => i + 0.5));
const odd = Array.from({ length: 211 }, (_, i) => 2 * i + 1);

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}
class Tree {
  constructor(depth) {
    this.left = depth > 0 ? new Tree(depth - 1) : null;
    this.right = depth > 0 ? new Tree(depth - 1) : null;
  }
}
function* counting(end) {
  for (let i = 0; i < end; i++) yield i;
}
const later = async (value) => {
  await null;
  return value;
};

/** @type {Record<string, { bytes: number | null, beside?: string, fn: () => unknown }>} */
export const COUNTED = {
  'a number with a fraction': { bytes: 16, fn: () => (number = number * 1.0000001 + 0.1) },
  'an object of one field': { bytes: objectOf(1), fn: () => ({ a: step }) },
  'a rope of two strings': { bytes: 4 * WORD, fn: () => left + right },
  'a class instance': { bytes: objectOf(2), fn: () => new Point(1, step) },
  'an arrow function and its context': {
    bytes: CLOSURE + contextOf(1),
    fn: () => {
      const own = step;
      return () => own;
    },
  },
  'an object in an object': { bytes: objectOf(1) + objectOf(3), fn: () => ({ a: { b: step, c: 2, d: 3 } }) },
  'an array of 7': { bytes: arrayOf(7), fn: () => [step, 2, 3, 5, 7, 11, 13] },
  'an empty set': { bytes: COLLECTION + setTable(4), fn: () => new Set() },
  'a map of 20': {
    bytes: COLLECTION + mapTable(4) + mapTable(8) + mapTable(16) + mapTable(32),
    fn: () => {
      const map = new Map();
      for (let key = 0; key < 20; key++) map.set(key, key);
      return map;
    },
  },
  'a string of 1,009 characters': { bytes: 1032, fn: () => letters.toString('latin1') },
  'an array of 101 numbers': { bytes: arrayOf(101), fn: () => new Array(101).fill(0.5) },
  'a tree of 127 nodes': { bytes: null, fn: () => new Tree(6) },
  'an array of 619': { bytes: arrayOf(619), fn: () => new Array(619).fill(step) },
  'an array of 10 KB': { bytes: arrayOf(1259), fn: () => new Array(1259).fill(0) },
  'an object from spread': { bytes: null, fn: () => ({ ...new Point(1, step), z: 3 }) },
  'a template string': { bytes: null, fn: () => `${left}: ${step}, and a tail` },
  'a match of a regular expression': { bytes: null, fn: () => /(\w+) part/.exec(left) },
  'a generator run to its end': { bytes: null, fn: () => [...counting(17)] },
  'a text split in 101': { bytes: null, fn: () => csv.split(',') },
  'JSON of 43 numbers parsed': { bytes: null, fn: () => JSON.parse(json) },
  'an array mapped to 211 objects': { bytes: null, fn: () => odd.map((value) => ({ value })) },
  'async: nothing to wait for': { bytes: null, fn: async () => step },
  'async: an object after one await': {
    bytes: null,
    fn: async () => {
      await null;
      return { step };
    },
  },
  'async: two functions, three awaits': {
    bytes: null,
    fn: async () => {
      const a = await later([step, step]);
      await a;
      return a;
    },
  },
  'async: promises in a row': { bytes: null, fn: () => Promise.resolve(step).then((value) => ({ value })) },
  'async: eleven at once': {
    bytes: null,
    fn: () => Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((value) => later({ value }))),
  },
  'async: nothing after one await': {
    bytes: null,
    fn: async () => {
      await null;
      return step;
    },
  },
  'async: an array of 619 after one await': {
    bytes: arrayOf(619),
    beside: 'async: nothing after one await',
    fn: async () => {
      await null;
      return new Array(619).fill(step);
    },
  },
  'async: an array of 10 KB after one await': {
    bytes: arrayOf(1259),
    beside: 'async: nothing after one await',
    fn: async () => {
      await null;
      return new Array(1259).fill(0);
    },
  },
};
