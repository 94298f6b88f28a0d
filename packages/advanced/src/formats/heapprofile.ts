import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { buildProfile } from '../allocation/build-profile.js';
import { ProfileBuilder } from '../allocation/profile-builder.js';
import { type CallStack, SamplingProfileDecoder } from '../allocation/sampling-profile-decoder.js';
import type { StackFrame } from '../allocation/stack-frame.js';
import type { RawCallFrame, RawProfileNode, RawSamplingProfile } from '../inspector/heap-protocol.js';
import { arrayOf, type Fields, fieldsOf, isFields, numberOf, orNull, stringOf } from './fields.js';
import { fromPositiveStack, toPositiveStacks } from './outer-frames.js';
import { decodeCarriedMeta, toCarriedMeta, UNKNOWN_META } from './profile-meta.js';

interface Node extends RawProfileNode {
  selfSize: number;
  readonly children: Node[];
}

/**
 * Chrome DevTools' format (Memory panel, Load profile) and that of `node --heap-prof`. V8's samples of a stack are
 * written with their mean size; what the format has no field for is in `memx`, which DevTools passes over.
 */
export function toHeapprofile(profile: AllocationProfile): string {
  const tree = new TreeWriter();
  const samples: { size: number; nodeId: number; ordinal: number }[] = [];
  const estimates: [
    nodeId: number,
    samples: number | null,
    standardErrorBytes: number | null,
    count: number | null,
  ][] = [];
  for (const { frames, sizeBytes, samples: sampled, count, standardErrorBytes } of toPositiveStacks(
    profile,
  )) {
    const node = tree.nodeOf(frames);
    node.selfSize = sizeBytes;
    estimates.push([node.id, sampled, standardErrorBytes, count]);
    for (const size of shares(sizeBytes, sampled ?? 1)) {
      samples.push({ size, nodeId: node.id, ordinal: samples.length + 1 });
    }
  }
  return JSON.stringify({ head: tree.head, samples, memx: { ...toCarriedMeta(profile), estimates } });
}

export function decodeHeapprofile(file: Fields): AllocationProfile {
  const head = decodeNode(file['head']);
  if (isFields(file['memx'])) return decodeOwn(head, file['memx']);
  const samples =
    file['samples'] === undefined
      ? samplesOfNodes(head) // Chrome before 80 wrote the tree only
      : arrayOf(file['samples'], 'samples').map(decodeSample);
  const decoded = new SamplingProfileDecoder().decode({ head, samples });
  return buildProfile({ threadId: 0, samples: decoded, external: [] }, UNKNOWN_META);
}

function decodeOwn(head: RawProfileNode, memx: Fields): AllocationProfile {
  const sizes = new Map(samplesOfNodes(head).map(({ nodeId, size }) => [nodeId, size]));
  const estimates = arrayOf(memx['estimates'], 'estimates').map((entry) => {
    const [nodeId, samples, standardErrorBytes, count] = arrayOf(entry, 'an estimate');
    return {
      nodeId: numberOf(nodeId, 'a node id'),
      samples: orNull(samples, (value) => numberOf(value, 'samples')),
      count: orNull(count, (value) => numberOf(value, 'count')),
      standardErrorBytes: orNull(standardErrorBytes, (bytes) => numberOf(bytes, 'standardErrorBytes')),
    };
  });
  const stacks = new SamplingProfileDecoder().decode({
    head,
    samples: estimates.map(({ nodeId }, ordinal) => ({ nodeId, ordinal, size: sizes.get(nodeId) ?? 0 })),
  });
  const { threads, ...meta } = decodeCarriedMeta(memx);
  const builder = new ProfileBuilder(meta);
  for (const id of threads) builder.addThread(id);
  stacks.forEach(({ stack, sizeBytes }, index) => {
    const { samples = null, standardErrorBytes = null, count = null } = estimates[index] ?? {};
    const positive = { frames: stack.toReversed(), sizeBytes, count, samples, standardErrorBytes };
    const { owner, stack: inner, estimate } = fromPositiveStack(positive);
    builder.add(owner, inner, estimate);
  });
  return builder.build();
}

/** Grows the tree of call frames, outermost at the top. */
class TreeWriter {
  readonly head: Node = node(1, {
    functionName: '(root)',
    scriptId: '0',
    url: '',
    lineNumber: -1,
    columnNumber: -1,
  });
  readonly #children = new Map<Node, Map<StackFrame, Node>>();
  readonly #scriptIds = new Map<string, string>();
  #lastId = 1;

  nodeOf(frames: CallStack): Node {
    return frames.reduce((parent, frame) => this.#childOf(parent, frame), this.head);
  }

  #childOf(parent: Node, frame: StackFrame): Node {
    const children = this.#children.get(parent) ?? new Map<StackFrame, Node>();
    this.#children.set(parent, children);
    const known = children.get(frame);
    if (known) return known;
    const child = node(++this.#lastId, this.#callFrameOf(frame));
    children.set(frame, child);
    parent.children.push(child);
    return child;
  }

  #callFrameOf({ functionName, filename, line, column }: StackFrame): RawCallFrame {
    return {
      functionName,
      scriptId: this.#scriptIdOf(filename),
      url: isAbsolute(filename) ? pathToFileURL(filename).href : filename,
      lineNumber: line - 1,
      columnNumber: column - 1,
    };
  }

  /** DevTools takes functions of one name, script id and position for one. */
  #scriptIdOf(filename: string): string {
    if (filename === '') return '0';
    const id = this.#scriptIds.get(filename) ?? String(this.#scriptIds.size + 1);
    this.#scriptIds.set(filename, id);
    return id;
  }
}

function node(id: number, callFrame: RawCallFrame): Node {
  return { callFrame, selfSize: 0, id, children: [] };
}

/** Whole bytes that differ by one at most and add up to the sum. */
function shares(sum: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((sum + index) / count));
}

function samplesOfNodes(head: RawProfileNode): { nodeId: number; size: number; ordinal: number }[] {
  const samples: { nodeId: number; size: number; ordinal: number }[] = [];
  const pending = [head];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.selfSize > 0)
      samples.push({ nodeId: next.id, size: next.selfSize, ordinal: samples.length + 1 });
    pending.push(...next.children);
  }
  return samples;
}

function decodeNode(value: unknown): RawProfileNode {
  const { id, callFrame, selfSize, children } = fieldsOf(value, 'a node');
  return {
    id: numberOf(id, 'the id of a node'),
    callFrame: decodeCallFrame(fieldsOf(callFrame, 'callFrame')),
    selfSize: numberOf(selfSize, 'selfSize'),
    children: arrayOf(children, 'children').map(decodeNode),
  };
}

function decodeCallFrame(callFrame: Fields): RawCallFrame {
  return {
    functionName: stringOf(callFrame['functionName'], 'functionName'),
    scriptId: String(callFrame['scriptId']),
    url: stringOf(callFrame['url'], 'url'),
    lineNumber: numberOf(callFrame['lineNumber'], 'lineNumber'),
    columnNumber: numberOf(callFrame['columnNumber'], 'columnNumber'),
  };
}

function decodeSample(value: unknown): RawSamplingProfile['samples'][number] {
  const { size, nodeId, ordinal } = fieldsOf(value, 'a sample');
  return {
    size: numberOf(size, 'the size of a sample'),
    nodeId: numberOf(nodeId, 'the node of a sample'),
    ordinal: numberOf(ordinal, 'ordinal'),
  };
}
