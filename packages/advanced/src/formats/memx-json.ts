import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { metaOf } from '../allocation/combine-profiles.js';
import { ProfileBuilder } from '../allocation/profile-builder.js';
import { frameAt } from '../allocation/stack-frame.js';
import { arrayOf, type Fields, fieldsOf, numberOf, oneOf, orNull, stringOf } from './fields.js';
import { profileFormatError } from './profile-format-error.js';
import { decodeMeta, toThreadId } from './profile-meta.js';

export const SCHEMA = 'memx.allocations/1';

/** The profile's own form. Fields are added, never removed or changed in meaning. */
export function toMemxJson(profile: AllocationProfile): string {
  const { threads, frames, stacks } = profile;
  return `${JSON.stringify({ schema: SCHEMA, ...metaOf(profile), threads, frames, stacks })}\n`;
}

export function decodeMemxJson(file: Fields): AllocationProfile {
  const threadIds = arrayOf(file['threads'], 'threads').map((thread) =>
    toThreadId(fieldsOf(thread, 'a thread')['id']),
  );
  const frames = arrayOf(file['frames'], 'frames').map((value) => {
    const frame = fieldsOf(value, 'a frame');
    return frameAt({
      functionName: stringOf(frame['functionName'], 'functionName'),
      filename: stringOf(frame['filename'], 'filename'),
      line: numberOf(frame['line'], 'line'),
      column: numberOf(frame['column'], 'column'),
    });
  });
  const builder = new ProfileBuilder(decodeMeta(file));
  for (const id of threadIds) builder.addThread(id);
  for (const value of arrayOf(file['stacks'], 'stacks')) {
    const stack = fieldsOf(value, 'a stack');
    builder.add(
      {
        threadId: at(threadIds, stack['thread'], 'thread'),
        memory:
          stack['memory'] === undefined ? 'heap' : oneOf(stack['memory'], 'memory', ['heap', 'external']),
      },
      arrayOf(stack['frames'], 'the frames of a stack').map((index) => at(frames, index, 'frame')),
      {
        sizeBytes: numberOf(stack['sizeBytes'], 'sizeBytes'),
        count: orNull(stack['count'], (count) => numberOf(count, 'count')),
        samples: orNull(stack['samples'], (count) => numberOf(count, 'samples')),
        standardErrorBytes: orNull(stack['standardErrorBytes'], (bytes) =>
          numberOf(bytes, 'standardErrorBytes'),
        ),
      },
    );
  }
  return builder.build();
}

function at<T>(list: readonly T[], index: unknown, name: string): T {
  const found = list[numberOf(index, name)];
  if (found !== undefined) return found;
  throw profileFormatError(`A stack names a ${name} that is not in the file`, index);
}
