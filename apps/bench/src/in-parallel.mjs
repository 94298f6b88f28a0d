import { availableParallelism } from 'node:os';

/**
 * Does a task for each item, as many at a time as the machine has cores: for what is counted, not timed.
 *
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Result>} task
 * @returns {Promise<Result[]>} in the order of the items
 */
export async function inParallel(items, task) {
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index]);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}
