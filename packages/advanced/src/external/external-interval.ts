/**
 * Reading a stack in the program takes 10–100 µs, where V8's own profiler takes some 2 µs, and buffers are larger than
 * objects: one sample of external memory for eight of the heap's bytes.
 */
export function externalIntervalFor(samplingIntervalBytes: number): number {
  return 8 * samplingIntervalBytes;
}
