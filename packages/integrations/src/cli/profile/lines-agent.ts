/**
 * Comes after the loaders that the program is started with (`--import tsx`), because hooks see what those make that were
 * registered before them. Preloads by `--require` all come before the first `--import`.
 */
import { instrumentAsPlanned } from './lines-plan.js';

instrumentAsPlanned();
