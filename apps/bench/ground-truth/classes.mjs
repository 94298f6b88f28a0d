class Shape {
  tags = new Array(19); //@ <instance_members_initializer>:200
  #hidden = new Array(5); //@ <instance_members_initializer>:88
  constructor(name) {
    this.name = name;
  }
  get hidden() {
    return this.#hidden;
  }
}
class Square extends Shape {
  constructor(side) { //@ Square
    super('square');
    this.corners = new Array(41); //@ Square:376
    this.side = side;
  }
  static of(side) {
    return new Square(side);
  }
  copy(list) {
    return list.concat(list); //@ copy
  }
}
export function run(i) {
  const square = Square.of(i);
  return square.copy(square.tags);
}
