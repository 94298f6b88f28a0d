import type { HeapObject, ObjectRetainer } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import wrapAnsi from 'wrap-ansi';
import type { RetainersDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { renderPath } from './path-lines.js';
import { cutAt, formatCount } from './plain-table.js';

export function renderRetainers(document: RetainersDocument, { columns, paint }: HeapTextContext): string[] {
  const { object, matchCount, path, retainers, retainerCount } = document;
  const others = matchCount > 1 ? ` The largest of ${formatCount(matchCount)} that match.` : '';
  const hidden = retainerCount - retainers.length;
  return [
    wrapAnsi(`${describeObject(object)}.${others}`, columns),
    path.length > 1
      ? [paint.bold('The way from a root'), ...renderPath(path, { columns, indent: '  ' })].join('\n')
      : 'Nothing retains it: it is held weakly, or waits to be collected.',
    [
      paint.bold('What refers to it'),
      ...retainers.map((retainer) => cutAt(`  ${renderRetainer(retainer)}`, columns)),
      ...(hidden > 0 ? [`  and ${formatCount(hidden)} more`] : []),
    ].join('\n'),
  ];
}

function describeObject({ name, id, shallowBytes, retainedBytes }: HeapObject): string {
  return `${name} @${id} retains ${formatBytes(retainedBytes)}, ${formatBytes(shallowBytes)} its own`;
}

const HOW: Readonly<Record<ObjectRetainer['strength'], string>> = {
  strong: '',
  weak: ' (weakly)',
  other: ' (beside another that keeps it)',
};

function renderRetainer({ object, edge, edgeType, strength }: ObjectRetainer): string {
  return `${renderEdge(edge, edgeType)} of ${object.name} @${object.id}${HOW[strength]}`;
}

function renderEdge(edge: string, edgeType: string): string {
  switch (edgeType) {
    case 'property':
      return `.${edge}`;
    case 'context':
      return `variable ${edge}`;
    case 'element':
      return `[${edge}]`;
    default:
      return `${edge} (V8)`;
  }
}
