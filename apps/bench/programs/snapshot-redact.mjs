/** Redacts a file and prints the most memory that this process ever had. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redactSnapshot } from '@memx/advanced';
import { report } from './report.mjs';

const folder = mkdtempSync(join(tmpdir(), 'memx-bench-redact-'));
try {
  const baseBytes = process.memoryUsage.rss();
  const before = process.cpuUsage();
  await redactSnapshot(process.argv[2], join(folder, 'redacted.heapsnapshot'));
  const { user, system } = process.cpuUsage(before);
  report({
    baseBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    cpuMs: (user + system) / 1_000,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
