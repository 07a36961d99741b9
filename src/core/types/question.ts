/** Parts of retrieval that a question may switch off, to see what each gives. */
export const retrievalParts = ['concepts', 'asks', 'titles', 'neighbours', 'spelling', 'meaning'] as const

/**
 * `concepts`: the program's own lexicon of learners' words; `asks`: what sections say of how they are asked for; `titles`: headings that
 * are nearly the question; `neighbours`: the question's words side by side; `spelling`: repair of words that no book has; `meaning`: vectors.
 */
export type RetrievalPart = (typeof retrievalParts)[number]

/** What a person asks, with the choices that go with it. */
export interface Question {
  /** As it is asked of the books: it stands alone. */
  readonly text: string
  /** What the person wrote, where it leaned on the turns before it. */
  readonly asked?: string
  /** Only these books (ids); all when absent. */
  readonly books?: readonly string[]
  /** Only books of these years, inclusive. */
  readonly years?: { readonly from: number; readonly to: number }
  /** How many passages to retrieve. */
  readonly k: number
  /** One best passage of each book that has an answer, side by side, instead of the best passages of all. */
  readonly eachBook?: boolean
  readonly without?: ReadonlySet<RetrievalPart>
  /** Whether the retrieval shall tell how it came about. */
  readonly explain?: boolean
  /** Write the answer anew even when the same was given before. */
  readonly fresh?: boolean
  /** Chat model asked for by name; the configured one when absent. */
  readonly model?: string
}
