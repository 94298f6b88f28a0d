/** The one global of a made-up heap, a root of the program's own. */
export function addGlobal(heap, sizeBytes = 11) {
  const global = heap.object('global', { sizeBytes });
  heap.edge(heap.root, 'shortcut', 'global', global);
  return global;
}
