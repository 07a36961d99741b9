/** A line of Markdown, or what is left of it, and where it begins in the whole text (UTF-16 code units). */
export interface Line {
  readonly text: string
  readonly start: number
}

/** Running text. `start` is where `text` stands in the whole Markdown, so that the support of sentences can be shown. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly start: number }
  | { readonly kind: 'code'; readonly text: string; readonly start: number }
  | { readonly kind: 'marker'; readonly n: number; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'fence'; readonly text: string; readonly language: string }
  | { readonly kind: 'table'; readonly head: readonly (readonly Inline[])[]; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly first: number; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | { readonly kind: 'rule' }
