import { AppError } from '../core/errors/app-error.js'
import { type BookId, type PassageId, toBookId, toPassageId, toSectionId } from '../core/types/brand.js'
import type { Passage } from '../core/types/passage.js'
import type { TermIndex } from '../word-search/bm25.js'
import type { Manifest, PassageColumns, StoredBook, StoredSection } from './index-format.js'

/** Vectors of all windows, one after the other, and the passage of each window. */
export interface LibraryVectors {
  readonly vectors: Float32Array
  readonly dimension: number
  readonly windowPassages: Uint32Array
  /** The derived HNSW file, verified, when the generation has one. */
  readonly hnswPath?: string
}

/** Bytes of one generation, verified and parsed. */
export interface LibraryParts {
  readonly folder: string
  readonly manifest: Manifest
  readonly books: readonly StoredBook[]
  readonly columns: PassageColumns
  readonly texts: Buffer
  readonly cleanTexts: Buffer
  readonly terms: TermIndex
  readonly asks: TermIndex
  readonly loadVectors: () => Promise<LibraryVectors>
  readonly loadStoredVectors: () => Promise<Float32Array>
  readonly loadWindowKeys: () => Promise<readonly string[]>
  readonly verify: () => Promise<void>
  readonly release: () => Promise<void>
}

export interface BookSection {
  readonly book: StoredBook
  readonly section: StoredSection
}

/**
 * One generation of the index, open for reading. Passages are numbered as in the word index and made into objects when asked for:
 * a query touches tens of thousands of numbers but only a handful of texts.
 */
export class Library {
  readonly manifest: Manifest
  readonly books: readonly StoredBook[]
  /** Words of every passage and its headings. */
  readonly terms: TermIndex
  /** Words of the `asks` of every passage's section, by the same passage numbers. */
  readonly asks: TermIndex
  readonly loadVectors: () => Promise<LibraryVectors>
  /** The numbers of the vector file alone, also of vectors that are only kept. Fails with INDEX_DAMAGED. */
  readonly loadStoredVectors: () => Promise<Float32Array>
  readonly loadWindowKeys: () => Promise<readonly string[]>
  /** Reads every file of the generation against its checksum, vectors included. Fails with INDEX_DAMAGED. */
  readonly verify: () => Promise<void>
  readonly close: () => Promise<void>
  readonly #columns: PassageColumns
  readonly #cleanTexts: Buffer
  readonly #texts: Buffer
  readonly #sections: readonly BookSection[]
  readonly #textRanges = new Map<string, readonly [number, number]>()
  readonly #decodedTexts = new Map<string, string>()

  constructor(parts: LibraryParts) {
    this.manifest = parts.manifest
    this.books = parts.books
    this.terms = parts.terms
    this.asks = parts.asks
    this.loadVectors = parts.loadVectors
    this.loadStoredVectors = parts.loadStoredVectors
    this.loadWindowKeys = parts.loadWindowKeys
    this.verify = parts.verify
    this.close = parts.release
    this.#columns = parts.columns
    this.#cleanTexts = parts.cleanTexts
    this.#texts = parts.texts
    this.#sections = parts.books.flatMap((book) => book.sections.map((section) => ({ book, section })))
    let start = 0
    for (const { path, textEnd } of parts.books.flatMap((book) => book.files)) {
      this.#textRanges.set(path, [start, textEnd])
      start = textEnd
    }
  }

  get passageCount(): number {
    return this.#columns.ids.length
  }

  /** Book and section of the passage with this number. */
  sectionOf(passageNumber: number): BookSection {
    const found = this.#sections[this.#columns.sections[passageNumber] ?? -1]
    if (found === undefined) throw new RangeError(`there is no passage number ${passageNumber}`)
    return found
  }

  /** Words of the passage without markup, as it was indexed. */
  cleanTextOf(passageNumber: number): string {
    return this.#cleanTexts.toString('utf8', this.#columns.cleanEnds[passageNumber - 1] ?? 0, this.#columns.cleanEnds[passageNumber] ?? 0)
  }

  passage(passageNumber: number): Passage {
    const { book, section } = this.sectionOf(passageNumber)
    const columns = this.#columns
    const file = book.files[section.file]?.path ?? ''
    const startOffset = columns.startOffsets[passageNumber] ?? 0
    const endOffset = columns.endOffsets[passageNumber] ?? 0
    const page = columns.pages[passageNumber]
    return {
      id: toPassageId(columns.ids[passageNumber] ?? ''),
      bookId: toBookId(book.id),
      sectionId: toSectionId(section.id),
      file,
      headingPath: section.headingPath,
      startOffset,
      endOffset,
      startLine: columns.startLines[passageNumber] ?? 1,
      endLine: columns.endLines[passageNumber] ?? 1,
      ...(page == null ? {} : { page }),
      text: this.fileText(file).slice(startOffset, endOffset),
      cleanText: this.cleanTextOf(passageNumber),
    }
  }

  passageIds(): readonly PassageId[] {
    return this.#columns.ids.map(toPassageId)
  }

  /** Passages per book id. */
  countPassages(): ReadonlyMap<BookId, number> {
    const counts = new Map<BookId, number>()
    this.#columns.ids.forEach((_, number) => {
      const id = toBookId(this.sectionOf(number).book.id)
      counts.set(id, (counts.get(id) ?? 0) + 1)
    })
    return counts
  }

  /** Decoded text of a source file as it was ingested. */
  fileText(path: string): string {
    const known = this.#decodedTexts.get(path)
    if (known !== undefined) return known
    const range = this.#textRanges.get(path)
    if (range === undefined) throw new AppError('INDEX_DAMAGED', { path, problem: 'the index has no text of this file' })
    const text = this.#texts.toString('utf8', ...range)
    this.#decodedTexts.set(path, text)
    return text
  }
}
