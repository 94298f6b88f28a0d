/** Calls that are to be made between two readings. */
export interface CallBlock {
  readonly fn: () => unknown;
  readonly count: number;
}

/**
 * Where results go: V8 cannot leave out what is stored, and the next one frees the last. Begun with two kinds of
 * value, so that storing a number does not box it a second time.
 */
const latest: { result: unknown } = { result: 0.5 };
latest.result = latest;

/** Runs what asks for calls to its end, without leaving the current turn of the event loop. */
export function makeCalls<Outcome>(steps: Generator<CallBlock, Outcome>): Outcome {
  try {
    let step = steps.next();
    for (; !step.done; step = steps.next()) callRepeatedly(step.value);
    return step.value;
  } finally {
    closeSteps(steps);
  }
}

/** The same for functions that return promises: each call begins when the one before has settled. */
export async function makeAsyncCalls<Outcome>(steps: Generator<CallBlock, Outcome>): Promise<Outcome> {
  try {
    let step = steps.next();
    for (; !step.done; step = steps.next()) await callInTurn(step.value);
    return step.value;
  } finally {
    closeSteps(steps);
  }
}

function callRepeatedly({ fn, count }: CallBlock): void {
  for (let call = 0; call < count; call++) latest.result = fn();
}

async function callInTurn({ fn, count }: CallBlock): Promise<void> {
  for (let call = 0; call < count; call++) latest.result = await fn();
}

/** When a call threw, the steps still have to put away what they had begun. */
function closeSteps<Outcome>(steps: Generator<CallBlock, Outcome | undefined>): void {
  latest.result = undefined;
  steps.return(undefined);
}
