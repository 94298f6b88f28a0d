function* chunks(n) { //@ chunks
  for (let i = 0; i < n; i++) {
    yield new Array(29); //@ chunks
  }
}
export function run() { //@ run
  const seen = []; //@ run
  for (const chunk of chunks(3)) {
    seen.push(chunk); //@ run
  }
  return seen;
}
