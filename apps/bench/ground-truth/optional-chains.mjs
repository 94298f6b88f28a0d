const source = {
  make: {
    list: (n) => new Array(n), //@ list:680
  },
};
export function run() {
  return source?.make?.list(79)?.concat([1]); //@ run
}
