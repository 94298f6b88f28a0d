const header = (i) => Buffer.from([i & 255, 2, 3]); //@ header
export function run(i) {
  const body = Buffer.alloc(1009); //@ run
  const view = new Float64Array(211); //@ run
  const text = body.toString('latin1'); //@ run:1032
  return [header(i), view, text]; //@ run
}
