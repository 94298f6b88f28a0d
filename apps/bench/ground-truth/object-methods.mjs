const record = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 };
export function run(i) {
  const entries = Object.entries(record); //@ run
  const again = Object.fromEntries(entries); //@ run
  const copy = Object.assign({}, record); //@ run
  again.a = i;
  return [again, copy, Object.keys(record)]; //@ run
}
