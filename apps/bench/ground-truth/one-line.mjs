const list = (n) => new Array(n); //@ list:296
export function run(i) {
  const three = [new Array(13), { i, next: null }, list(31)]; //@ run@17 run@18:152 run@33:40
  return i < 0 ? null : { three, text: `n${i}`, again: new Array(5) }; //@ run@25:48 run@40 run@56:88
}
