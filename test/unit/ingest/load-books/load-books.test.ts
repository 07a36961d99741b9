import { describe, expect, it } from 'vitest'
import type { BookSource } from '../../../../src/core/ports/book-source.js'
import { loadBooks } from '../../../../src/ingest/load-books/load-books.js'
import { createMemorySource } from './memory-source.js'

describe('loading all books', () => {
  it('reports progress by books and ends at the total', async () => {
    const seen: number[] = []
    const source = createMemorySource({ 'a.md': 'x', 'b.md': 'x' })
    await loadBooks(source, { onProgress: ({ step, done, total }) => seen.push(step === 'load' && total === 2 ? done : -1) })
    expect(seen).toEqual([0, 1, 2])
  })

  it('stops with the reason of the signal', async () => {
    const stop = new AbortController()
    const source = createMemorySource({ 'a.md': 'x', 'b.md': 'x' })
    const loading = loadBooks(source, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
    await expect(loading).rejects.toThrow('enough')
  })

  it('reads the other books when some cannot be used, and names those', async () => {
    const source = createMemorySource({ 'matter.md': '---\ntitle: Only this\n---\n\n', 'good.md': '# Good\n\ntext' })
    const { books, notices } = await loadBooks(source)
    expect(books.map((book) => book.title)).toEqual(['Good'])
    expect(notices).toEqual([{ code: 'FILE_NO_TEXT', text: '"matter.md" has front matter but no text.' }])
  })

  it('fails with CORPUS_EMPTY and the reasons when no book has text', async () => {
    const loading = loadBooks(createMemorySource({ 'matter.md': '---\ntitle: Only this\n---\n' }))
    await expect(loading).rejects.toMatchObject({
      code: 'CORPUS_EMPTY',
      details: { path: '/corpus', reasons: expect.stringContaining('matter.md') },
    })
  })

  it('lets a failure of ours through', async () => {
    const source: BookSource = {
      ...createMemorySource({ 'a.md': 'x' }),
      readFile: async () => {
        throw new Error('broken part')
      },
    }
    await expect(loadBooks(source)).rejects.toThrow('broken part')
  })

  it('gives books that differ only in their kind different ids, and the others plain ones', async () => {
    const page = { format: 'pdf', text: '## Page 1\n\nx', pages: [{ page: 1, startOffset: 0 }] } as const
    const source = createMemorySource({
      'Docker.md': 'x',
      'Docker.pdf': page,
      'Docker/a.md': 'x',
      'Docker – Up & Running.md': 'x',
      '!!!.md': 'x',
    })
    const { books } = await loadBooks(source)
    expect(books.map((book) => book.id)).toEqual(['docker-md', 'docker-pdf', 'docker-folder', 'docker-up-running', 'book'])
  })

  it('keeps a translation beside the book apart as a book of its own', async () => {
    const source = createMemorySource({ 'guide/a.md': '# Volumes\n\ntext', 'guide-zh/a.md': '# 数据卷\n\n文字' })
    const { books } = await loadBooks(source)
    expect(books.map((book) => [book.id, book.title, book.sections[0]?.id])).toEqual([
      ['guide', 'Guide', 'volumes'],
      ['guide-zh', 'Guide zh', '数据卷'],
    ])
  })
})
