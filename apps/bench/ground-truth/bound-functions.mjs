function join(left, right) {
  return [left, right, new Array(17)]; //@ join:256
}
export function run(i) { //@ run
  const joinTo = join.bind(null, i); //@ run
  const apply = (right) => Reflect.apply(joinTo, null, [right]); //@ run
  return apply(i + 1);
}
