function pair(i) {
  return [i, { i, list: new Array(31) }]; //@ pair:400
}
export function run(i) { //@ run
  const [, { list }] = pair(i);
  const { length, ...rest } = { length: list.length, i, list }; //@ run
  rest.length = length;
  return rest;
}
