import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { ProfileBuilder } from '../allocation/profile-builder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import { arrayOf, type Fields, fieldsOf, isFields, numberOf, orNull, stringOf } from './fields.js';
import { fromPositiveStack, toPositiveStacks } from './outer-frames.js';
import { profileFormatError } from './profile-format-error.js';
import { decodeCarriedMeta, toCarriedMeta, UNKNOWN_META } from './profile-meta.js';

export const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/** Speedscope's own format (`sampled`, in bytes); samples and errors are in fields of ours, which it passes over. */
export function toSpeedscope(profile: AllocationProfile): string {
  const stacks = toPositiveStacks(profile);
  const frames: StackFrame[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (frame: StackFrame) => {
    const key = JSON.stringify(frame);
    const index = indexes.get(key) ?? frames.push(frame) - 1;
    indexes.set(key, index);
    return index;
  };
  const samples = stacks.map((stack) => stack.frames.map(indexOf));
  return `${JSON.stringify({
    $schema: SCHEMA,
    exporter: 'memx',
    name: `${profile.measure ?? ''} allocations`.trim(),
    activeProfileIndex: 0,
    profiles: [
      {
        type: 'sampled',
        name: `${profile.measure ?? ''} bytes`.trim(),
        unit: 'bytes',
        startValue: 0,
        endValue: stacks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        samples,
        weights: stacks.map(({ sizeBytes }) => sizeBytes),
      },
    ],
    shared: { frames: frames.map(toSpeedscopeFrame) },
    memx: {
      ...toCarriedMeta(profile),
      count: stacks.map((stack) => stack.count),
      samples: stacks.map((stack) => stack.samples),
      standardErrorBytes: stacks.map((stack) => stack.standardErrorBytes),
    },
  })}\n`;
}

export function decodeSpeedscope(file: Fields): AllocationProfile {
  const frames = arrayOf(fieldsOf(file['shared'], 'shared')['frames'], 'frames').map(decodeFrame);
  const profiles = arrayOf(file['profiles'], 'profiles').map((profile) => fieldsOf(profile, 'a profile'));
  const sampled = profiles.find(({ type, unit }) => type === 'sampled' && unit === 'bytes');
  if (!sampled) throw profileFormatError('No profile of the file is sampled and in bytes', profiles.length);
  const weights = arrayOf(sampled['weights'], 'weights');
  const carried = isFields(file['memx']) ? file['memx'] : {};
  const meta = isFields(file['memx']) ? decodeCarriedMeta(carried) : { ...UNKNOWN_META, threads: [] };
  const { threads, ...profileMeta } = meta;

  const builder = new ProfileBuilder(profileMeta);
  for (const id of threads) builder.addThread(id);
  arrayOf(sampled['samples'], 'samples').forEach((sample, index) => {
    const { owner, stack, estimate } = fromPositiveStack({
      frames: arrayOf(sample, 'a sample').map((frame) => frameOf(frames, frame)),
      sizeBytes: numberOf(weights[index], 'a weight'),
      count: carriedNumber(carried['count'], index),
      samples: carriedNumber(carried['samples'], index),
      standardErrorBytes: carriedNumber(carried['standardErrorBytes'], index),
    });
    builder.add(owner, stack, estimate);
  });
  return builder.build();
}

function toSpeedscopeFrame({ functionName, filename, line, column }: StackFrame) {
  return {
    name: functionName,
    ...(filename === '' ? {} : { file: filename }),
    ...(line === 0 ? {} : { line, col: column }),
  };
}

function decodeFrame(value: unknown): StackFrame {
  const { name, file, line, col } = fieldsOf(value, 'a frame');
  return frameAt({
    functionName: stringOf(name, 'the name of a frame'),
    filename: orNull(file, (path) => stringOf(path, 'file')) ?? '',
    line: orNull(line, (number) => numberOf(number, 'line')) ?? 0,
    column: orNull(col, (number) => numberOf(number, 'col')) ?? 0,
  });
}

function frameOf(frames: readonly StackFrame[], index: unknown): StackFrame {
  const frame = frames[numberOf(index, 'a frame of a sample')];
  if (frame) return frame;
  throw profileFormatError('A sample names a frame that is not in the file', index);
}

function carriedNumber(list: unknown, index: number): number | null {
  return Array.isArray(list) ? orNull(list[index], (value) => numberOf(value, 'memx')) : null;
}
