import type { EstimatedStack } from '../allocation/profile-builder.js';
import { frameAt } from '../allocation/stack-frame.js';
import type { ExternalReading } from './external-sampling.js';

const NOT_SEEN = frameAt({
  functionName: '(external memory that memx did not see being allocated)',
  filename: '',
  line: 0,
  column: 0,
});

/** What a profile says of external memory: the stacks, and what no stack is known of when it is more than their error. */
export function externalStacksOf({ stacks, unseen }: ExternalReading): readonly EstimatedStack[] {
  if (unseen === null || unseen.sizeBytes <= 2 * unseen.standardErrorBytes) return stacks;
  return [...stacks, { stack: [NOT_SEEN], ...unseen, count: null, samples: 0 }];
}
