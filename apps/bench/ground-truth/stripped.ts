interface Item {
  readonly id: number;
  readonly tags: readonly string[];
}
type Maker<T> = (id: number) => T;

function make(id: number): Item {
  const tags: string[] = new Array<string>(67); //@ make:1200
  return { id, tags } satisfies Item; //@ make:80
}

export function run<T extends number>(i: T): readonly Item[] {
  const maker: Maker<Item> = make;
  const items: Item[] = [maker(i), maker(i + 1)]; //@ run:64
  return items as readonly Item[];
}
