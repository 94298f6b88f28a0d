const numbers = Array.from({ length: 47 }, (_, i) => i);
const isOdd = (n) => n % 2 === 1;
const boxed = (n) => ({ n }); //@ boxed:736
export function run() {
  return numbers
    .filter(isOdd) //@ run
    .map(boxed) //@ run
    .slice(3) //@ run
    .concat(numbers); //@ run
}
