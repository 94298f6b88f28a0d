import type { AnyNode } from 'acorn';
import type { ExpressionKind, SiteForm } from './expression-site.js';
import type { SiteRecorder } from './site-recorder.js';

/** A walk over a file, as those see it who look at one kind of node each. */
export interface SiteWalk {
  readonly record: SiteRecorder;
  /** Functions around a whole file. */
  readonly wrappers: Set<AnyNode>;
  /** A node whose value is used: an allocating expression here becomes a site. */
  visit(node: AnyNode): void;
  /** The node itself stays as it is; what it is made of is looked at. */
  visitInside(node: AnyNode): void;
  /** The value of a `throw`. An error stays as it is: Node prints the line that throws it, and it is no leak. */
  visitThrown(node: AnyNode): void;
  visitAsSite(node: AnyNode, kind: ExpressionKind, form: SiteForm): void;
}

export function visitAll(walk: SiteWalk, nodes: Iterable<AnyNode | null>): void {
  for (const node of nodes) if (node) walk.visit(node);
}

export function visitMaybe(walk: SiteWalk, node: AnyNode | null | undefined): void {
  if (node) walk.visit(node);
}
