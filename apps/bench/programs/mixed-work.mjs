import { setImmediate } from 'node:timers/promises';

/** Work of many kinds, as a service does it: JSON, text, maps, sorting, arithmetic, promises. No result is kept. */
/** @param {number} rounds about 2 ms of CPU time each */
export async function mixedWork(rounds) {
  let checksum = 0;
  for (let round = 0; round < rounds; round++) {
    checksum +=
      reparse(round) + countWords(round) + sortRows(round) + sumSquares(round) + (await awaitMany(round));
    await setImmediate();
  }
  return checksum;
}

function reparse(round) {
  const rows = Array.from({ length: 300 }, (_, id) => ({
    id,
    name: `row ${id} of ${round}`,
    tags: ['a', 'b', id % 7],
  }));
  return JSON.parse(JSON.stringify(rows)).length;
}

function countWords(round) {
  const words = `the quick brown fox ${round} jumps over the lazy dog `.repeat(60).split(' ');
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts.size;
}

function sortRows(round) {
  const rows = Array.from({ length: 1500 }, (_, index) => (index * 7919 + round) % 1009);
  return rows.sort((a, b) => a - b)[0];
}

function sumSquares(round) {
  let sum = round;
  for (let index = 0; index < 100_000; index++) sum = (sum + index * index) % 1_000_003;
  return sum;
}

async function awaitMany(round) {
  const parts = await Promise.all(Array.from({ length: 200 }, async (_, index) => index ^ round));
  return parts.length;
}
