/** One passage as every rival is given it: the same cut, heading path and clean text as in our own index, and nothing else. */
export interface RivalPassage {
  readonly number: number
  readonly heading: string
  readonly text: string
}

/** Another search over the same passages. */
export interface Rival {
  readonly name: string
  /** Numbers of the best passages, best first. */
  search(question: string, count: number): readonly number[]
  close(): void
}

/** A hit in the heading path counts twice, as in our own index. */
export const headingBoost = 2
