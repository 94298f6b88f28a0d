import type { ObjectFilter } from '@memx/advanced';
import type { HeapDocument } from '../../render/heap/heap-documents.js';

/** What is asked of heap snapshots, as it goes to the thread that answers. `-` is stdin. */
export type HeapQuestion =
  | { readonly kind: 'summary'; readonly file: string; readonly top: number }
  | { readonly kind: 'types'; readonly file: string; readonly top: number; readonly filter: ObjectFilter }
  | { readonly kind: 'retainers'; readonly file: string; readonly top: number; readonly filter: ObjectFilter }
  | { readonly kind: 'paths'; readonly file: string; readonly top: number; readonly filter: ObjectFilter }
  | {
      readonly kind: 'dominators';
      readonly file: string;
      readonly top: number;
      readonly filter: ObjectFilter;
    }
  | {
      readonly kind: 'strings';
      readonly file: string;
      readonly top: number;
      readonly minSizeBytes: number;
      readonly withText: boolean;
    }
  | {
      readonly kind: 'diff';
      readonly files: readonly string[];
      readonly top: number;
      readonly minGrowth: number;
    };

/** What the thread tells. */
export type HeapMessage =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'answer'; readonly document: HeapDocument }
  | { readonly kind: 'failed'; readonly code: string; readonly what: string; readonly remedy: string };
