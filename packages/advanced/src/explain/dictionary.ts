import type { HeapGraph } from '../graph/heap-graph.js';

/** Objects with more values than people write down are used as tables: their names are keys, and may be secrets. */
const MOST_WRITTEN_VALUES = 32;
/** Where so many values are each of another class, somebody wrote them down: a large object of a framework. */
const LEAST_ALIKE = 0.5;
/** A module may export so many functions. */
const MOST_WRITTEN_FUNCTIONS = 512;

/**
 * Whether the properties of an object are keys that a program made up, rather than names that somebody wrote down:
 * `isTable`. Node's own large objects are known by name. `isLarge`: it has so many that it is worth remembering.
 */
export function judgeProperties(graph: HeapGraph, node: number): { isTable: boolean; isLarge: boolean } {
  let values = 0;
  let functions = 0;
  const classes = new Set<number | string>();
  graph.forEachEdge(node, (_edge, to, type) => {
    if (type !== 'property') return;
    if (graph.typeOf(to) === 'closure') functions += 1;
    else {
      values += 1;
      classes.add(graph.typeOf(to) === 'object' ? graph.nameNumberOf(to) : graph.typeOf(to));
    }
  });
  const isLarge = values > MOST_WRITTEN_VALUES || functions > MOST_WRITTEN_VALUES;
  if (!isLarge || graph.typeOf(node) !== 'object') return { isTable: false, isLarge };
  const name = graph.nameOf(node);
  const isTable =
    ((values > MOST_WRITTEN_VALUES && classes.size < values * LEAST_ALIKE) ||
      functions > MOST_WRITTEN_FUNCTIONS) &&
    name !== 'process' &&
    !name.startsWith('global');
  return { isTable, isLarge };
}
