export function run(i) {
  const seven = [i, 2, 3, 5, 7, 11, 13]; //@ run:104
  const holes = new Array(53); //@ run:472
  const matrix = [ //@ run:80
    [i, 1, 2, 3, 4], //@ run:88
    [i, 5, 6], //@ run:72
    seven,
    holes,
  ];
  return matrix;
}
