/** `node --import @memx/advanced/lines app.js`: line precision for the program's own files. */
import { register } from './register.js';

export { instrumentedFiles } from './instrumented-files.js';
export { LineResolver } from './resolve-line-frames.js';

register();
