import type { Citation } from '../../core/types/answer.js'
import type { RankedPassage } from '../../core/types/retrieval.js'

/** A slice of a passage's file; offsets are UTF-16 code units into the file's decoded text. */
export interface CitedPlace {
  /** 1-based, as in the prompt. */
  readonly passageNumber: number
  readonly startOffset: number
  readonly endOffset: number
}

/** Numbers places from 1 in the order in which they are first cited; the same place keeps its number. */
export class CitationList {
  readonly #passages: readonly RankedPassage[]
  readonly #places: CitedPlace[] = []
  readonly #numbers = new Map<string, number>()

  constructor(passages: readonly RankedPassage[]) {
    this.#passages = passages
  }

  /** The place's number, and whether it is new. */
  number(place: CitedPlace): { readonly n: number; readonly isNew: boolean } {
    const key = `${place.passageNumber} ${place.startOffset} ${place.endOffset}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return { n: known, isNew: false }
    const n = this.#places.push(place)
    this.#numbers.set(key, n)
    return { n, isNew: true }
  }

  place(n: number): CitedPlace | undefined {
    return this.#places[n - 1]
  }

  citation(n: number): Citation | undefined {
    const place = this.place(n)
    const ranked = place === undefined ? undefined : this.#passages[place.passageNumber - 1]
    return place === undefined || ranked === undefined ? undefined : toCitation(n, place, ranked)
  }

  citations(): readonly Citation[] {
    return this.#places.map((_, position) => this.citation(position + 1)).filter((citation) => citation !== undefined)
  }
}

function toCitation(n: number, { startOffset, endOffset }: CitedPlace, { book, passage }: RankedPassage): Citation {
  const quote = passage.text.slice(startOffset - passage.startOffset, endOffset - passage.startOffset)
  const startLine = passage.startLine + countLineEnds(passage.text.slice(0, startOffset - passage.startOffset))
  return {
    n,
    passageId: passage.id,
    book: { id: book.id, title: book.title, ...(book.year === undefined ? {} : { year: book.year }) },
    file: passage.file,
    headingPath: passage.headingPath,
    startLine,
    endLine: startLine + countLineEnds(quote),
    startOffset,
    endOffset,
    ...(passage.page === undefined ? {} : { page: passage.page }),
    quote,
    url: `/books/${encodeURIComponent(book.id)}/sections/${encodeURIComponent(passage.sectionId)}#${startOffset}-${endOffset}`,
  }
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0
}
