const wrap = (value) => ({ value, list: new Array(43) }); //@ wrap
export function run(i) {
  const first = Promise.resolve(i); //@ run
  const second = first.then(wrap); //@ run
  return Promise.all([first, second]); //@ run
}
