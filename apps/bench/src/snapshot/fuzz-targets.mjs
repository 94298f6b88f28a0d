import { HistogramReader, readHistogram } from '@memx/advanced';

/**
 * What must stand any bytes. Each reads them in pieces of any size and asks the result everything it can answer, because
 * a wrong offset shows only there.
 *
 * @type {Record<string, (bytes: Uint8Array, random: import('./random.mjs').Random) => unknown>}
 */
export const FUZZ_TARGETS = {
  histogram(bytes, random) {
    const reader = new HistogramReader();
    for (const piece of inPieces(bytes, random)) reader.write(piece);
    const { nodeCount, selfSizeBytes, types } = reader.end();
    mustBeNumbers({ nodeCount, selfSizeBytes });
    for (const { count, sizeBytes } of types) mustBeNumbers({ count, sizeBytes });
  },

  async 'histogram of a stream'(bytes, random) {
    await readHistogram(inPieces(bytes, random));
  },
};

/** Pieces that end in the middle of numbers, names and escapes; half of the time all at once. */
function* inPieces(bytes, random) {
  const most = random.of([bytes.length, bytes.length, 4096, 64, 7]);
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + random.below(most);
    yield bytes.subarray(from, to);
    from = to;
  }
}

function mustBeNumbers(figures) {
  for (const [name, figure] of Object.entries(figures)) {
    if (!(Number.isFinite(figure) && figure >= 0)) throw new Error(`${name} is no size or count: ${figure}`);
  }
}
