const names = ['pear', 'fig', 'plum', 'apple', 'date', 'lime', 'kiwi'];
const byLength = (a, b) => a.length - b.length;
export function run() {
  const sorted = [...names].sort(byLength); //@ run
  const pairs = sorted.flatMap((name) => [name, { name }]); //@ run (anonymous)
  return new Set(pairs); //@ run
}
