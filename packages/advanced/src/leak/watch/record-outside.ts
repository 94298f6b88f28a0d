import { recordExternalMemory } from '../../external/external-recording.js';
import { recordResources } from '../../resources/resource-recording.js';

/**
 * Makes the calling thread tell a watch of it what is made outside of V8's heap, and where: buffers and the memory of
 * WebAssembly; and what it opens: files, sockets, workers and child processes. Until the thread ends. Without it a watch
 * sees such memory grow, but not who makes it, and no resources.
 *
 * Costs what the sampling of external memory does: about 30 ns a buffer and 10–100 µs a sample (Node 20), and as much for
 * each opening, of at most some 200 a round.
 */
export function recordOutside({ samplingIntervalBytes }: { readonly samplingIntervalBytes: number }): void {
  try {
    recordExternalMemory({ samplingIntervalBytes, measure: 'live' });
  } catch {
    // Another one samples with other options: the watch goes on without sites of external memory.
  }
  recordResources();
}
