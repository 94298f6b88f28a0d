const line = 'key = value; other = thing; third = one';
export function run(i) {
  const pattern = /(\w+) = (\w+)/g; //@ run
  const found = pattern.exec(line); //@ run
  const all = [...line.matchAll(pattern)]; //@ run
  const text = line.replace(pattern, '$2'); //@ run
  return i % 2 ? found : [all, text]; //@ run
}
