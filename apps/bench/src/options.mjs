/**
 * Reads `30,150`: sizes in MiB, 5 or more; an empty heap's snapshot has 4.
 *
 * @param {string} text
 * @returns {number[]}
 */
export function readSizes(text) {
  const sizes = text.split(',').map(Number);
  if (sizes.every((size) => size >= 5)) return sizes;
  throw new Error(
    `--sizes must be MiB of 5 or more, parted by commas: ${text}. Give for example --sizes 30,150.`,
  );
}

/** Reads a whole number of 1 or more. @param {string} name @param {string} text @returns {number} */
export function readCount(name, text) {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new Error(`--${name} must be a whole number of 1 or more: ${text}. Give for example --${name} 3.`);
}
