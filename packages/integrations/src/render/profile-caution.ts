import type { AllocationProfile } from '@memx/advanced';

/** What a reader of the numbers has to know, a paragraph each. */
export function renderCaution(profile: AllocationProfile): string[] {
  return [describeNoise(profile), describePlaces(profile), describeBlame(profile)].filter(
    (text) => text !== '',
  );
}

function describeNoise({ kind }: AllocationProfile): string {
  return kind === 'difference' ? 'A difference of less than twice its error is noise.' : '';
}

function describePlaces({ precision, frames }: AllocationProfile): string {
  if (precision === 'function') return 'A place is where its function starts; --lines names the line.';
  const hasDependencies = frames.some(({ origin }) => origin === 'dependency');
  return hasDependencies
    ? 'A place in node_modules is where its function starts, unless --include names the file.'
    : '';
}

function describeBlame({ inliningOff, threads }: AllocationProfile): string {
  if (inliningOff) return '';
  const right = threads.length > 1 ? 'The sum and the threads are right in any case.' : 'The sum is right.';
  return (
    'V8 inlines: the bytes of a function, and of its package, may be those of small functions that it calls. ' +
    `${right} --exact keeps V8 from it.`
  );
}
