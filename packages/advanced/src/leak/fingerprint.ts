import { createHash } from 'node:crypto';
import type { SuspectSite } from './leak-report.js';

/** Names a leak by its type and the function that makes it: the same in every build, run and folder. */
export function fingerprintOf(type: string, site: SuspectSite | undefined): string {
  const file = site?.filename.split(/[\\/]node_modules[\\/]/).at(-1) ?? '';
  const place = site?.package ? file.replaceAll('\\', '/') : (file.split(/[\\/]/).at(-1) ?? '');
  return createHash('sha256')
    .update(`${type}\n${place}\n${site?.functionName ?? ''}`)
    .digest('hex')
    .slice(0, 16);
}
