import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import type { LiveExternal } from './external-sampling.js';

/** Each stack once: a leak has thousands of samples and a few stacks. */
interface LiveExternalText {
  readonly stacks: readonly CallStack[];
  /** Index of the stack, bytes, ordinal. */
  readonly samples: readonly (readonly [stack: number, sizeBytes: number, ordinal: number])[];
  readonly wasmBytes: number;
}

export function encodeLiveExternal({ samples, wasmBytes }: LiveExternal): string {
  const indexes = new Map<CallStack, number>();
  for (const { stack } of samples) if (!indexes.has(stack)) indexes.set(stack, indexes.size);
  const text: LiveExternalText = {
    stacks: [...indexes.keys()],
    samples: samples.map(({ stack, sizeBytes, ordinal }) => [
      indexes.get(stack) ?? 0,
      Math.round(sizeBytes),
      ordinal,
    ]),
    wasmBytes,
  };
  return JSON.stringify(text);
}

/** Equal stacks are one array again. */
export function decodeLiveExternal(text: string): LiveExternal {
  const { stacks, samples, wasmBytes } = JSON.parse(text) as LiveExternalText;
  return {
    samples: samples.map(([stack, sizeBytes, ordinal]) => ({
      stack: stacks[stack] ?? [],
      sizeBytes,
      ordinal,
    })),
    wasmBytes,
  };
}
