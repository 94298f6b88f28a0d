/** One predicted figure: what an empty program costs, and what is added. */
interface Prediction {
  readonly base: number;
  /** For each millisecond of CPU that a full collection takes. */
  readonly perCollectionMs: number;
  /** For each byte in objects of more than 128 KiB. */
  readonly perLargeByte: number;
}

const MIB = 1 << 20;

/**
 * The model of what a snapshot costs. Fitted to 41 runs of nine kinds of heaps of 20 and 60 MB (Node 20.20, 22.23, 24.21,
 * 26.10): pause and memory off by 1.25 in the median and 1.5 at the 90th percentile, the file by up to 2.3. On a machine
 * whose cores are fought over it is worse. `pnpm bench snapshot-price` prints predictions and the constants that fit.
 *
 * The heap's size says little: 60 MB of numbers or long strings take 0.2 s, 60 MB of small objects 6 s. Both the walk of a
 * snapshot and the marking of a collection follow every reference once, so one collection's CPU time, measured in
 * the very process, says how many there are and how fast the machine is. Large arrays cost memory beyond that: V8 makes
 * a name of each index (1,100 bytes each, Node 20 and 26).
 */
export const priceModel: Readonly<Record<'pauseMs' | 'peakExtraBytes' | 'fileBytes', Prediction>> = {
  pauseMs: { base: 0, perCollectionMs: 24, perLargeByte: 134e-6 },
  peakExtraBytes: { base: 0, perCollectionMs: 3.43 * MIB, perLargeByte: 73 },
  fileBytes: { base: 0, perCollectionMs: 0.81 * MIB, perLargeByte: 0 },
};
