const seven = [1, 2, 3, 4, 5, 6, 7];
const base = { a: 1, b: 2, c: 3 };
const gather = (...all) => all; //@ gather
export function run(i) {
  const list = [...seven, ...seven, i]; //@ run
  const copy = { ...base, i }; //@ run
  const all = gather(...seven, i); //@ run
  return [list, copy, all]; //@ run
}
