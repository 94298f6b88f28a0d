import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { ProfileBuilder } from '../allocation/profile-builder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import { fromPositiveStack, toPositiveStacks } from './outer-frames.js';
import { profileFormatError } from './profile-format-error.js';
import { UNKNOWN_META } from './profile-meta.js';

/**
 * One line per stack, as flame graph tools read it: frames outermost first with `;` between them, a space, and bytes.
 * It carries threads and signs, but neither samples nor how the profile was made.
 */
export function toCollapsed(profile: AllocationProfile): string {
  return toPositiveStacks(profile)
    .map(({ frames, sizeBytes }) => `${frames.map(renderFrame).join(';') || NO_STACK} ${sizeBytes}\n`)
    .join('');
}

export function decodeCollapsed(text: string): AllocationProfile {
  const stacks = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(decodeLine);
  const isDifference = stacks.length > 0 && stacks.every((stack) => stack.isDifference);
  const builder = new ProfileBuilder({ ...UNKNOWN_META, kind: isDifference ? 'difference' : 'profile' });
  for (const { owner, stack, estimate } of stacks) builder.add(owner, stack, estimate);
  return builder.build();
}

/** Stands for what V8 allocated without JavaScript on the stack: a line needs a frame. */
const NO_STACK = '(no stack)';

function decodeLine(line: string) {
  const [, stack, bytes] = /^(.+) (\d+)\r?$/s.exec(line) ?? [];
  if (stack === undefined) throw profileFormatError('A line is no collapsed stack with its bytes', line);
  return fromPositiveStack({
    frames: stack === NO_STACK ? [] : stack.split(';').map(decodeFrame),
    sizeBytes: Number(bytes),
    count: null,
    samples: null,
    standardErrorBytes: null,
  });
}

function renderFrame({ functionName, filename, line, column }: StackFrame): string {
  const place = filename === '' && line === 0 ? '' : ` (${filename}:${line}:${column})`;
  // What comes after the first ` (` is the place.
  return escapeText(functionName).replaceAll(' (', '%20(') + escapeText(place);
}

function decodeFrame(text: string): StackFrame {
  const [, name, filename = '', line = 0, column = 0] = /^(.*?) \((.*):(\d+):(\d+)\)$/s.exec(text) ?? [];
  return frameAt({
    functionName: unescapeText(name ?? text),
    filename: unescapeText(filename),
    line: Number(line),
    column: Number(column),
  });
}

/** The characters that end a frame or a line, the one that marks them, and nothing else. */
function escapeText(text: string): string {
  return text.replace(/[%;\r\n]/g, (found) => encodeURIComponent(found));
}

function unescapeText(text: string): string {
  return text.replace(/%(20|25|3B|0D|0A)/g, (found) => decodeURIComponent(found));
}
