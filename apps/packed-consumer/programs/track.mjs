import { trackMemory } from '@memx/core';

const { result, memoryUsage } = trackMemory((a, b) => a + b, { intervalMs: 10 })(2, 3);
console.log(JSON.stringify({ result, samples: memoryUsage.length }));
