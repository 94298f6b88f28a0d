/**
 * What a profile says, held against the marks of a program.
 *
 * @typedef {import('./ground-truth.mjs').Mark} Mark
 * @typedef {{ frame: { filename: string, line: number, column: number, functionName: string }, sizeBytes: number, samples: number }} Place
 */

/** What V8 makes for a function once (feedback, a hidden class) is not what a call allocates. */
const ONCE_SHARE = 0.005;
const MOST_ERROR = 0.05;

/**
 * Lines (columns too, where the marks name them): what is wrong, in words; empty when all is right.
 *
 * @param {Mark[]} marks @param {Place[]} places @param {number} calls
 */
export function judgeLines(marks, places, calls) {
  const keyOfMark = ({ file, line, column }) =>
    column === null ? `${file}:${line}` : `${file}:${line}:${column}`;
  const withColumns = new Set(
    marks.filter(({ column }) => column !== null).map(({ file, line }) => `${file}:${line}`),
  );
  const keyOfPlace = ({ filename, line, column }) =>
    withColumns.has(`${filename}:${line}`) ? `${filename}:${line}:${column}` : `${filename}:${line}`;
  return compare(group(marks, keyOfMark), sum(places, keyOfPlace), calls);
}

/** The same for functions, by name. */
export function judgeFunctions(marks, places, calls) {
  return compare(
    group(marks, ({ functionName }) => functionName),
    sum(places, ({ functionName }) => functionName),
    calls,
  );
}

/** @returns {Map<string, Mark[]>} */
function group(marks, keyOf) {
  const groups = new Map();
  for (const mark of marks) groups.set(keyOf(mark), [...(groups.get(keyOf(mark)) ?? []), mark]);
  return groups;
}

function sum(places, keyOf) {
  const sums = new Map();
  for (const { frame, sizeBytes, samples } of places) {
    if (frame.origin === 'engine') continue; // what V8 does between two turns, with no function of anybody's
    const key = keyOf(frame);
    const known = sums.get(key) ?? { sizeBytes: 0, samples: 0 };
    sums.set(key, { sizeBytes: known.sizeBytes + sizeBytes, samples: known.samples + samples });
  }
  return sums;
}

function compare(expected, seen, calls) {
  const total = [...seen.values()].reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const wrong = [...seen]
    .filter(([key, { sizeBytes }]) => !expected.has(key) && sizeBytes > total * ONCE_SHARE)
    .map(
      ([key, { sizeBytes }]) =>
        `${key} has ${Math.round(sizeBytes / calls)} bytes a call, and should have none`,
    );
  for (const [key, marks] of expected) {
    const { sizeBytes = 0, samples = 0 } = seen.get(key) ?? {};
    if (sizeBytes <= total * ONCE_SHARE) wrong.push(`${key} is not seen`);
    else if (marks.every(({ bytes }) => bytes !== null)) {
      const truth = marks.reduce((bytes, mark) => bytes + mark.bytes, 0);
      // Four standard deviations where a line has few of the samples.
      const most = Math.max(MOST_ERROR, 4 / Math.sqrt(samples));
      const perCall = sizeBytes / calls;
      if (Math.abs(perCall / truth - 1) > most)
        wrong.push(`${key} has ${perCall.toFixed(1)} bytes a call for ${truth}`);
    }
  }
  return wrong;
}
