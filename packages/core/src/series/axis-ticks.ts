/**
 * Round numbers from 0 to at least `most`, in steps of 1, 2 or 5 times a power of ten.
 *
 * @param count about how many steps there should be
 */
export function chooseTicks(most: number, count: number): number[] {
  const rough = (most > 0 ? most : 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const steps = Math.max(1, Math.ceil(most / step));
  // Multiplying leaves 0.30000000000000004 where 0.3 is meant.
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
