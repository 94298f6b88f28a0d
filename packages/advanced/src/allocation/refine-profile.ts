import type { AllocationProfile } from './allocation-profile.js';
import { atFunctionStarts } from './call-frame.js';
import { metaOf } from './combine-profiles.js';
import { ProfileBuilder, stacksOf } from './profile-builder.js';
import type { CallStack } from './sampling-profile-decoder.js';

/** Puts better places, or fewer frames, where V8 named the start of a function; null for bytes that do not count. */
export type StackRefiner = (stack: CallStack) => CallStack | null;

/**
 * The same bytes at the lines that allocate them. `refine` is called once per stack; stacks that become equal are one.
 *
 * @param precision what the places name from then on
 */
export function refineProfile(
  profile: AllocationProfile,
  refine: StackRefiner,
  precision: AllocationProfile['precision'] = 'line',
): AllocationProfile {
  const builder = new ProfileBuilder({ ...metaOf(profile), precision });
  for (const { id } of profile.threads) builder.addThread(id);
  for (const { stack, ...of } of stacksOf(profile)) {
    const refined = of.memory === 'heap' ? refine(stack) : refineCalls(stack, refine);
    if (refined) builder.add(of, refined, of);
  }
  return builder.build();
}

/**
 * The same for a stack that was captured in the program. Files that `refine` does not know keep the places of their calls.
 */
export function refineCalls(stack: CallStack, refine: StackRefiner): CallStack | null {
  const { starts, calls } = atFunctionStarts(stack);
  const refined = refine(starts);
  return refined?.map((frame) => calls[starts.indexOf(frame)] ?? frame) ?? null;
}
