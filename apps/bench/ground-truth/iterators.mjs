class Range {
  constructor(end) {
    this.end = end;
  }
  [Symbol.iterator]() { //@ (anonymous)
    let at = 0;
    const { end } = this;
    const next = () => ({ done: at >= end, value: at++ }); //@ (anonymous) next:720
    return { next }; //@ (anonymous)
  }
}
export function run() {
  const range = new Range(17); //@ run
  return Array.from(range); //@ run
}
