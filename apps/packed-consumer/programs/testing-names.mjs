import { createRequire } from 'node:module';

const imported = await import('@memx/core/testing');
const required = createRequire(import.meta.url)('@memx/core/testing');
console.log(
  JSON.stringify({ imported: Object.keys(imported).sort(), required: Object.keys(required).sort() }),
);
