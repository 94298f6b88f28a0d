import { mixedWork } from '../mixed-work.mjs';

const scale = Number(process.env.MEMX_BENCH_SCALE ?? 1);
await mixedWork(500 * scale);
