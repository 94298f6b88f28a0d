const later = async (i) => { //@ later
  await null;
  return new Array(37).fill(i); //@ later:688
};
export async function run(i) { //@ run
  const first = await later(i);
  const both = { first, second: await later(i + 1) };
  return both;
}
