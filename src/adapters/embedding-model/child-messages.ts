import type { ModelDtype } from './model-files.js'

/** What the parent asks of an embedding process. Sent with structured clone, so typed arrays stay typed arrays. */
export type ChildRequest =
  | { readonly kind: 'open'; readonly folder: string; readonly dtype: ModelDtype; readonly threads: number }
  | { readonly kind: 'run'; readonly texts: readonly Int32Array[] }

/** One reply per request, in order. */
export type ChildReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'vectors'; readonly vectors: readonly Float32Array[] }
  | { readonly kind: 'failed'; readonly code: string; readonly path: string; readonly problem: string }
