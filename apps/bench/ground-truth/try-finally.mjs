const kept = new Array(3);
function fail(i) {
  throw { list: new Array(73), i }; //@ fail
}
export function run(i) { //@ run
  try {
    if (i % 3 === 0) return new Array(101); //@ run
    return fail(i);
  } catch (error) {
    return error.list.concat(kept); //@ run
  } finally {
    kept[i % 3] = [i, i]; //@ run
  }
}
