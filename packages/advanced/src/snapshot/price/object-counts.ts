/** What a heap is made of, as far as the price of its snapshot depends on it. */
export interface ObjectCounts {
  readonly objects: number;
  /** Places for references outside of lists and tables. */
  readonly fieldSlots: number;
  /** Places in arrays that may refer to something; not those of doubles. Small integers and holes are among them. */
  readonly listSlots: number;
  /** Places in the tables of Map and Set, of which half or so are used. */
  readonly collectionSlots: number;
  /** Places in the tables of objects in dictionary mode. */
  readonly dictionarySlots: number;
  /** Places of the longest array. V8 makes a name of each index that holds a reference. */
  readonly longestList: number;
  readonly longestTable: number;
  /** Arrays of the program, of any length. */
  readonly arrays: number;
  /** Whether this V8 is of those that walk a heap faster (Node 24 and 26: in 0.7 of the time of 20 and 22). */
  readonly walksFaster: boolean;
}

interface TypeStatistics {
  readonly count: number;
  readonly overall: number;
  readonly histogram: readonly number[];
}

interface HeapStatistics {
  readonly field_data: { readonly tagged_fields: number };
  readonly bucket_sizes: readonly number[];
  /** The last entry is an empty one. */
  readonly type_data: Readonly<Record<string, Partial<TypeStatistics>>>;
}

const SLOT_BYTES = 8;
const ARRAY = 'JS_ARRAY_TYPE';
const LISTS = ['ARRAY_ELEMENTS_TYPE', 'FIXED_ARRAY_TYPE', 'COW_ARRAY_TYPE'];
const COLLECTIONS = ['JS_COLLECTION_TABLE_TYPE'];
const DICTIONARIES = ['OBJECT_PROPERTY_DICTIONARY_TYPE'];
/** Parts of objects that V8 counts a second time, under names of their own. */
const PART_OF_OBJECT = /^(?:FEEDBACK_VECTOR_|EMBEDDED_OBJECT)/;
/** V8 has the type since it walks faster; the version is not asked, for others build V8 as well. */
const SINCE_FASTER = 'IR_REG_EXP_DATA_TYPE';
/** V8 counts sizes in powers of two: on average an object has this much of its bucket's limit. */
const FILLED = 0.75;

/** Reads V8's own statistics of its objects (`V8.GC_Objects_Stats`, of what is alive). Within 6 % of the snapshot's nodes (Node 20 to 26). */
export function decodeObjectCounts(json: string): ObjectCounts & { readonly totalBytes: number } {
  const { field_data, bucket_sizes, type_data } = JSON.parse(json) as HeapStatistics;
  let objects = 0;
  let totalBytes = 0;
  for (const [name, { count = 0, overall = 0 }] of Object.entries(type_data)) {
    totalBytes += overall;
    // The contexts of functions are counted twice under one name.
    if (name === 'FUNCTION_CONTEXT_TYPE') objects += count / 2;
    else if (!PART_OF_OBJECT.test(name)) objects += count;
  }
  const present = (names: readonly string[]) =>
    names.flatMap((name) => (type_data[name]?.count ? [type_data[name] as TypeStatistics] : []));
  const slots = (types: readonly TypeStatistics[]) =>
    types.reduce((sum, { overall }) => sum + overall, 0) / SLOT_BYTES;
  const longest = (types: readonly TypeStatistics[]) =>
    Math.max(0, ...types.map((type) => longestBytes(type, bucket_sizes))) / SLOT_BYTES;
  const [lists, collections, dictionaries] = [present(LISTS), present(COLLECTIONS), present(DICTIONARIES)];
  const taggedSlots = field_data.tagged_fields / SLOT_BYTES;
  const [collectionSlots, dictionarySlots] = [slots(collections), slots(dictionaries)];
  const unlistedSlots = Math.max(0, taggedSlots - collectionSlots - dictionarySlots);
  const listSlots = Math.min(slots(lists), unlistedSlots);
  return {
    objects: Math.round(objects),
    fieldSlots: unlistedSlots - listSlots,
    listSlots,
    collectionSlots,
    dictionarySlots,
    longestList: Math.min(longest(lists), listSlots),
    longestTable: longest([...collections, ...dictionaries]),
    arrays: type_data[ARRAY]?.count ?? 0,
    walksFaster: SINCE_FASTER in type_data,
    totalBytes,
  };
}

/** The last bucket is open: what the others do not account for is shared out among its objects. */
function longestBytes({ overall, histogram }: TypeStatistics, limits: readonly number[]): number {
  const top = histogram.findLastIndex((count) => count > 0);
  if (top < 0) return 0;
  if (top < histogram.length - 1) return (limits[top] ?? 0) * FILLED;
  const others = histogram
    .slice(0, top)
    .reduce((sum, count, at) => sum + count * (limits[at] ?? 0) * FILLED, 0);
  return Math.max((overall - others) / (histogram[top] as number), limits[top] ?? 0);
}
