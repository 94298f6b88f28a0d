import { mixedWork } from '../mixed-work.mjs';

await mixedWork(500);
