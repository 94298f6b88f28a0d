function inner() { //@ inner
  return Array.prototype.slice.call(arguments); //@ inner
}
const withDefaults = (i, list = new Array(i)) => list; //@ withDefaults:232
export function run(i) {
  const seven = inner(i, i, i, i, i, i, i);
  seven.push(withDefaults(23)); //@ run
  return seven;
}
