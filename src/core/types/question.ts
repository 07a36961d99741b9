/** What a person asks, with the choices that go with it. */
export interface Question {
  readonly text: string
  /** Only these books (ids); all when absent. */
  readonly books?: readonly string[]
  /** Only books of these years, inclusive. */
  readonly years?: { readonly from: number; readonly to: number }
  /** How many passages to retrieve. */
  readonly k: number
  /** Chat model asked for by name; the configured one when absent. */
  readonly model?: string
}
