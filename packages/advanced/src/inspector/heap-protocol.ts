/**
 * V8's answers as the inspector gives them, and what memx makes of them.
 * Nothing past this folder knows a protocol name, a 0-based line or a field's order.
 */

export interface RawCallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  /** 0-based; the start of the function, never the allocating line. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

export interface RawProfileNode {
  readonly id: number;
  readonly callFrame: RawCallFrame;
  readonly selfSize: number;
  readonly children: readonly RawProfileNode[];
}

export interface RawSamplingProfile {
  readonly head: RawProfileNode;
  readonly samples: readonly { readonly size: number; readonly nodeId: number; readonly ordinal: number }[];
}

export interface SamplingOptions {
  /** Mean number of allocated bytes between two samples. */
  readonly intervalBytes: number;
  /** Keep the samples of objects that died: the profile then tells what was allocated, not what is alive. */
  readonly includeCollected: boolean;
}

export function samplingParameters({ intervalBytes, includeCollected }: SamplingOptions) {
  return {
    samplingInterval: intervalBytes,
    includeObjectsCollectedByMajorGC: includeCollected,
    includeObjectsCollectedByMinorGC: includeCollected,
  };
}
