const part = (i) => ({ i, next: null }); //@ part:40
export function run(i) { //@ run
  const whole = { x: i, y: 2, z: 3, u: 4, v: part(i) }; //@ run:64
  whole.added = 17; // its store is outside of every expression, and so told of at the function's start
  return whole.v.next === null ? [whole, { [`k${i % 3}`]: whole }] : null; //@ run
}
