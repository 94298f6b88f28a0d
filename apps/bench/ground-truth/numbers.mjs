let big = 2n ** 64n;
class Vector {
  constructor(x, y) { //@ Vector
    this.x = x;
    this.y = y;
  }
  plus(other) {
    return new Vector(this.x + other.x, this.y + other.y); //@ plus
  }
}
const unit = new Vector(0.1, 0.7);
export function run(i) { //@ run
  big += 1n;
  const vector = unit.plus(unit);
  const at = new Date(i); //@ run
  return [big, vector, at]; //@ run
}
