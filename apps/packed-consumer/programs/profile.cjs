const { AdvancedMemoryProfiler } = require('@memx/advanced');

const profiler = new AdvancedMemoryProfiler();
const kept = Array.from({ length: 200_000 }, (_, id) => ({ id }));
console.log(JSON.stringify(profiler.getTopAllocations(5).map(({ sizeBytes }) => sizeBytes > 0)));
profiler[Symbol.dispose]();
kept.length = 0;
