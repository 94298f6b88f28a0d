/** run-files.cjs <file>…: test files that report by themselves when they are loaded, as those of tape do. */
const { resolve } = require('node:path');

for (const file of process.argv.slice(2)) require(resolve(file));
