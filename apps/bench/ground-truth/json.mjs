const text = JSON.stringify(Array.from({ length: 43 }, (_, i) => i + 0.5));
export function run(i) {
  const parsed = JSON.parse(text); //@ run
  parsed[0] = i;
  const written = JSON.stringify(parsed); //@ run
  return written;
}
