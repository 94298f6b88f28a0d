/** Undoes a change; twice is harmless. */
export type Restore = () => void;

/** Replaces a property's value, with its attributes kept. What somebody put in its place later is not undone. */
export function replaceProperty(owner: object, key: PropertyKey, value: unknown): Restore {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key);
  if (!descriptor || !('value' in descriptor) || !descriptor.configurable) return () => {};
  Object.defineProperty(owner, key, { ...descriptor, value });
  return () => {
    if (Object.getOwnPropertyDescriptor(owner, key)?.value !== value) return;
    Object.defineProperty(owner, key, { ...descriptor });
  };
}

/** Gives a function that stands for another all of the other's own properties, its prototype object among them. */
export function dressAs(stand: object, original: object): void {
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(stand, key, descriptor);
  }
  Object.setPrototypeOf(stand, Object.getPrototypeOf(original));
}

export function restoreAll(restores: readonly Restore[]): Restore {
  return () => {
    for (const restore of restores.toReversed()) restore();
  };
}
