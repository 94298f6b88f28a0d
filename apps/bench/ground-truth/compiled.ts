enum Colour {
  Red = 'red',
  Blue = 'blue',
}
namespace Paint {
  export function mix(a: Colour, b: Colour) {
    return { a, b, layers: new Array<number>(71) }; //@ mix
  }
}
abstract class Tool {
  constructor(
    protected readonly colour: Colour,
    readonly parts = new Array<number>(31), //@ Tool:296
  ) {}
}
class Brush extends Tool { //@ Brush
  stroke(other: Colour): object {
    return Paint.mix(this.colour, other);
  }
}
export function run(i: number): object {
  const brush = new Brush(i % 2 ? Colour.Red : Colour.Blue);
  return [brush.stroke(Colour.Red), brush]; //@ run
}
