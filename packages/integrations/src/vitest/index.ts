export { type MemxVitestOptions, type MemxVitestPlugin, memx } from './memx.js';
export { readTestMemory, type TestMemory } from './test-memory.js';
