/** Bundled by the test: a second of synchronous work is seen by samples that only another thread can have taken. */
import { trackMemory } from '@memx/core';

function spin(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const { memoryUsage } = trackMemory(spin, { intervalMs: 10 })(1000);
console.log(JSON.stringify({ samples: memoryUsage.length }));
