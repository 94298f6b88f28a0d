export function run(i) {
  const map = new Map(); //@ run
  for (let k = 0; k < 17; k++) {
    map.set(k, i); //@ run
  }
  const set = new Set([i]); //@ run
  const weak = new WeakMap(); //@ run
  return [map, set, weak]; //@ run
}
