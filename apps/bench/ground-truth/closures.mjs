function counter(start) { //@ counter
  let count = start;
  const step = () => { //@ counter
    count += 1;
    return count;
  };
  step.history = new Array(23); //@ counter:232
  return step;
}
export function run(i) {
  const next = counter(i);
  next();
  return next;
}
