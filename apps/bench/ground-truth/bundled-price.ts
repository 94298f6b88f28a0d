/** In a file of its own, so that the bundle has two sources. */
export const price = (cents: number) => {
  const history = new Array<number>(97); //@ price:1680
  return { cents, history }; //@ price:80
};
