import type { CountingSession } from './count-objects.js';

/** So many places are looked at, which tells the share of references within 2 %. */
const PLACES = 4_096;
/** Lists of another realm are not found, and those of objects' own elements. With fewer places than this of V8's count, seeing tells nothing. */
const LEAST_SEEN = 0.5;
/** By so many of its places a list is told from one of doubles. */
const PLACES_OF_LIST = 16;

/** Runs in the program, on the list of all its arrays. Reads descriptors, so that no getter of the program runs. */
const LOOK = `function () {
  const isArray = Array.isArray;
  const descriptorOf = Reflect.getOwnPropertyDescriptor;
  const smallest = -(2 ** 31), largest = 2 ** 31 - 1;
  const lists = this.filter((list) => isArray(list) && list !== this);
  const placeOf = (list, at) => {
    const descriptor = descriptorOf(list, at);
    if (!descriptor) return 'hole';
    const { value } = descriptor;
    if (typeof value !== 'number') return 'reference';
    const isSmall = Number.isInteger(value) && value >= smallest && value <= largest;
    return isSmall ? 'integer' : 'double';
  };
  const isOfDoubles = (list) => {
    let doubles = 0;
    for (let at = 0; at < ${PLACES_OF_LIST}; at++) {
      const place = placeOf(list, Math.floor((list.length * at) / ${PLACES_OF_LIST}));
      if (place === 'reference') return false;
      if (place === 'double') doubles += 1;
    }
    return doubles > 0;
  };
  let places = 0;
  for (const list of lists) places += list.length;
  const step = Math.max(1, places / ${PLACES});
  let references = 0;
  let looked = 0;
  let passed = 0;
  let next = step / 2;
  for (const list of lists) {
    const end = passed + list.length;
    const skips = next < end && isOfDoubles(list);
    for (; next < end; next += step) {
      if (skips) continue;
      const place = placeOf(list, Math.floor(next - passed));
      looked += 1;
      if (place === 'reference' || place === 'double') references += 1;
    }
    passed = end;
  }
  return { references: references * step, places: looked * step };
}`;

interface Seen {
  readonly references: number;
  /** Of lists that are not of doubles. */
  readonly places: number;
}

const GROUP = 'memx.lists';

/**
 * How many places of the heap's arrays refer to something: V8's statistics do not tell them from small integers and holes, which
 * cost a snapshot a fiftieth. Looks at some 4,000 places, evenly spread over all arrays. Costs two collections and a walk over
 * the objects, and 8 bytes an array, for that moment.
 *
 * @param listSlots how many places V8 counts
 * @returns null where V8 does not give them, or too few
 */
export async function countListReferences(
  session: CountingSession,
  listSlots: number,
): Promise<number | null> {
  try {
    const { result: prototype } = (await session.post('Runtime.evaluate', {
      expression: 'Array.prototype',
      objectGroup: GROUP,
      silent: true,
    })) as { result: { objectId: string } };
    const { objects } = (await session.post('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId,
      objectGroup: GROUP,
    })) as { objects: { objectId: string } };
    const { result } = (await session.post('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: LOOK,
      returnByValue: true,
      silent: true,
    })) as { result: { value?: Seen } };
    const { references = 0, places = 0 } = result.value ?? {};
    return places >= LEAST_SEEN * listSlots ? references : null;
  } catch {
    return null;
  } finally {
    await session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP }).catch(() => {});
  }
}
