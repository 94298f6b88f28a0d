/** The suite that abstract-level publishes for its implementations, on memory-level. */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const requireHere = createRequire(join(process.cwd(), 'package.json'));
const { MemoryLevel } = requireHere('memory-level');

requireHere('abstract-level/test')({
  test: requireHere('tape'),
  factory: (options) => new MemoryLevel(options),
});
