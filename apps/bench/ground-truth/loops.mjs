export function run(i) { //@ run
  let last = null;
  for (let k = 0; k < 3; k++) {
    last = () => k + i; //@ run
    last.list = new Array(61); //@ run
  }
  return last;
}
