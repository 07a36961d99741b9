import type { Book } from '../../core/types/book.js'
import type { Passage } from '../../core/types/passage.js'
import type { Manifest } from '../../library/index-format.js'
import { type GenerationContent, type WriteVectorFile, writeGeneration } from '../../library/write-generation.js'
import { buildTermIndex } from '../../word-search/build-term-index.js'

export interface IndexContent extends Omit<GenerationContent, 'terms' | 'asks'> {}

/** Makes the word indexes and writes everything as a new generation, which is not in use yet. Returns its manifest. */
export async function buildIndex(indexDir: string, content: IndexContent, writeVectorFile: WriteVectorFile): Promise<Manifest> {
  const documents = toDocuments(content.books, content.passages)
  const terms = buildTermIndex(documents)
  const asks = buildTermIndex(documents.map((document) => ({ headings: [], body: document.asks })))
  return writeGeneration(indexDir, { ...content, terms, asks }, writeVectorFile)
}

// The book's title counts as a heading: an article's sections need not repeat what the article is about.
function toDocuments(books: readonly Book[], passages: readonly Passage[]) {
  const headings = new Map<string, { readonly title: string; readonly asks: string }>()
  for (const { id, title, sections } of books) {
    for (const section of sections) headings.set(`${id}\n${section.id}`, { title, asks: section.asks.join('\n') })
  }
  return passages.map(({ bookId, sectionId, headingPath, cleanText }) => {
    const { title = '', asks = '' } = headings.get(`${bookId}\n${sectionId}`) ?? {}
    return { body: cleanText, headings: [...new Set([title, ...headingPath])], asks }
  })
}
