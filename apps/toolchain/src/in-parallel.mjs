import { availableParallelism } from 'node:os';

/**
 * Does a task for each item, several at a time: for what is counted, not timed.
 *
 * @template Item, Result
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Result>} task
 * @param {number} [jobs] how many at a time; as many as the machine has cores unless told
 * @returns {Promise<Result[]>} in the order of the items
 */
export async function inParallel(items, task, jobs = availableParallelism()) {
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index]);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}
