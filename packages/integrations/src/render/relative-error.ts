/** One standard deviation, as a share of the number itself. */
export function renderRelativeError(sizeBytes: number, standardErrorBytes: number | null): string {
  if (standardErrorBytes === null || sizeBytes === 0) return '';
  return `±${Math.ceil((100 * standardErrorBytes) / Math.abs(sizeBytes))} %`;
}
