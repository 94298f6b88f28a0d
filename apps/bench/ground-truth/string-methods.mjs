const csv = Array.from({ length: 41 }, (_, i) => `v${i % 7}`).join(',');
export function run(i) {
  const line = csv + i; //@ run
  const cells = line.split(','); //@ run
  const text = cells.join(' - '); //@ run
  return text.toUpperCase(); //@ run
}
