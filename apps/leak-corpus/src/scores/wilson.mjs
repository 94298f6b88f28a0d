/**
 * Wilson's score interval for a share, at 95 %. (E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 1927.) Unlike the normal one it stays within 0 and 1, and says something at 5 of 5.
 *
 * @param {number} hits
 * @param {number} trials
 * @returns {{ low: number, high: number }}
 */
export function wilsonInterval(hits, trials) {
  if (trials === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const share = hits / trials;
  const middle = share + z ** 2 / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}
