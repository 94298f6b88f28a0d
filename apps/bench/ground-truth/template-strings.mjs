const name = (i) => `item number ${i} of a longer list`; //@ name
export function run(i) {
  const text = `${name(i)}: ${i * 3}, and a tail that is long enough`; //@ run
  return text + name(i + 1); //@ run
}
