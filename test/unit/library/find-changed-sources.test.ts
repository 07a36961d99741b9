import { rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findChangedSources } from '../../../src/library/find-changed-sources.js'
import { openLibrary } from '../../../src/library/open-library.js'
import { createSmallLibrary, type SmallLibrary, smallBooks } from '../../helpers/sailing-library.js'
import { writeFiles } from '../../helpers/temporary-folder.js'

const cranes = 'harbour/cranes.md'

async function findAfter(change: (small: SmallLibrary) => Promise<void>): Promise<readonly string[]> {
  const small = await createSmallLibrary()
  await small.ingest()
  const library = await openLibrary(small.indexDir)
  await library.close()
  await change(small)
  const notices = await findChangedSources(library.manifest, small.corpusDir)
  for (const { text } of notices) expect(text).toMatch(/Run `pilotbook ingest`\.$/)
  return notices.map(({ code, text }) => `${code} ${text.replace(/ (?:has|is) .*/, '')}`)
}

const add = (files: Readonly<Record<string, string>>) => (small: SmallLibrary) => writeFiles(small.corpusDir, files)

const cases: readonly (readonly [title: string, change: (small: SmallLibrary) => Promise<void>, found: readonly string[]])[] = [
  ['finds nothing when nothing changed', async () => {}, []],
  ['finds a file whose text changed', add({ [cranes]: '# Cranes\n\nOther words.\n' }), [`BOOK_CHANGED ${cranes}`]],
  [
    'finds a change that keeps the length',
    add({ [cranes]: (smallBooks[cranes] ?? '').replace('Sentence 1', 'Sentence 8') }),
    [`BOOK_CHANGED ${cranes}`],
  ],
  ['finds a changed SUMMARY.md, which orders its book', add({ 'harbour/SUMMARY.md': '# Other' }), ['BOOK_CHANGED harbour/SUMMARY.md']],
  ['passes over a file that was only touched', ({ corpusDir }) => utimes(join(corpusDir, cranes), new Date(), new Date()), []],
  ['finds a removed file', ({ corpusDir }) => rm(join(corpusDir, cranes)), [`BOOK_REMOVED ${cranes}`]],
  ['finds an added book', add({ 'Nets.MD': '# Nets' }), ['BOOK_NOT_INGESTED Nets.MD']],
  ['finds an added folder, once', add({ 'nets/a.md': '# A', 'nets/deep/b.md': '# B' }), ['BOOK_NOT_INGESTED nets/']],
  ['finds a file added to a folder that is a book', add({ 'harbour/nets.md': '# N' }), ['BOOK_NOT_INGESTED harbour/nets.md']],
  ['passes over files that are no books', add({ 'notes.txt': 'x', 'harbour/picture.png': 'x', '.hidden.md': '#', '.git/a.md': '#' }), []],
  ['says nothing when the whole corpus is gone: the index stands alone', ({ corpusDir }) => rm(corpusDir, { recursive: true }), []],
]

describe('findChangedSources', () => {
  it.each(cases)('%s', async (_, change, found) => {
    expect(await findAfter(change)).toEqual(found)
  })

  it('names each of several changes', async () => {
    const found = await findAfter(async (small) => {
      await rm(join(small.corpusDir, cranes))
      await writeFiles(small.corpusDir, { 'harbour/piers.md': '# Piers', 'new.pdf': 'x' })
    })
    expect([...found].sort()).toEqual(['BOOK_CHANGED harbour/piers.md', `BOOK_NOT_INGESTED new.pdf`, `BOOK_REMOVED ${cranes}`])
  })
})
