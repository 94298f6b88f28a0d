/** Before a suite: instruments the package that it tests, or not, and at the end notes what the process cost. */
import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';

const { MEMX_SUITE_NOTES: notes, MEMX_SUITE_INCLUDE: include } = process.env;

if (include) {
  const { register } = await import('@memx/advanced/lines/register');
  const sourcesFd = openSync(join(notes, `${process.pid}-${threadId}.sources.jsonl`), 'a');
  register({ include: [include], sourcesFd });
}

if (isMainThread) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(join(notes, `${process.pid}.cpu.jsonl`), JSON.stringify({ cpuMs: (user + system) / 1000 }));
  });
}
