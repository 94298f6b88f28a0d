class Node {
  constructor(value, next) {
    this.value = value;
    this.next = next;
  }
}
class List {
  head = null;
  add(value) {
    this.head = new Node(value, this.head); //@ add
    return this;
  }
}
export function run(i) {
  const list = new List(); //@ run
  list
    .add(i)
    .add(i + 1)
    .add(i + 2);
  return list;
}
