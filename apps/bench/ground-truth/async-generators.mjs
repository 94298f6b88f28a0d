async function* pages(n) { //@ pages
  for (let i = 0; i < n; i++) {
    yield { rows: new Array(61).fill(i) }; //@ pages
  }
}
export async function run() { //@ run
  let rows = 0;
  for await (const page of pages(2)) rows += page.rows.length;
  return rows;
}
