/** Before a program: @datadog/pprof's heap profiler, its profile encoded when the program ends. `--title=<folder>|<interval>` */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [folder, interval] = process.title.split('|');
const { heap, encodeSync } = createRequire(join(folder, 'package.json'))('@datadog/pprof');

heap.start(Number(interval), 64);
process.on('exit', () => encodeSync(heap.profile()));
