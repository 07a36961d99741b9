import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBookFolder } from '../../../../src/adapters/book-files/create-book-folder.js'
import { writeTinyPdf } from './tiny-pdf.js'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-corpus-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

async function readNotice(path: string) {
  const reading = await createBookFolder(folder).readFile(path)
  return reading.kind === 'left-out' ? reading.notice : undefined
}

describe('listing the books of a corpus folder', () => {
  it('takes every Markdown or PDF file and every folder as one book, in natural order', async () => {
    await put({ 'Book 10.md': 'x', 'Book 2.markdown': 'x', 'manual.PDF': 'x', 'course/b.md': 'x', 'course/deep/a.md': 'x' })
    const { books, notices } = await createBookFolder(folder).listBooks()
    expect(books).toEqual([
      { name: 'Book 2.markdown', paths: ['Book 2.markdown'] },
      { name: 'Book 10.md', paths: ['Book 10.md'] },
      { name: 'course/', paths: ['course/b.md', 'course/deep/a.md'] },
      { name: 'manual.PDF', paths: ['manual.PDF'] },
    ])
    expect(notices).toEqual([])
  })

  it('takes names with spaces, dashes, ampersands and letters of any script as they are', async () => {
    const names = ['Docker – Up & Running.md', 'Orchestrating Docker.md', 'Докер для всех.md', 'コンテナ.md']
    await put(Object.fromEntries(names.map((name) => [name, '# x\n\ntext'])))
    const source = createBookFolder(folder)
    const { books } = await source.listBooks()
    expect(books.map((book) => book.name).sort()).toEqual([...names].sort())
    for (const name of names) expect(await source.readFile(name)).toMatchObject({ kind: 'read', file: { path: name, text: '# x\n\ntext' } })
  })

  it('orders a folder by its SUMMARY.md, and puts what that does not name behind it', async () => {
    await put({
      'book/SUMMARY.md':
        '# Summary\n\n[Preface](./preface.md)\n- [Two](<two words.md>)\n- [One](one.md#start)\n- [Gone](gone.md)\n- [Site](https://x.example/a.md)\n',
      'book/appendix 10.md': 'x',
      'book/appendix 2.md': 'x',
      'book/one.md': 'x',
      'book/preface.md': 'x',
      'book/two words.md': 'x',
    })
    const { books } = await createBookFolder(folder).listBooks()
    expect(books).toEqual([
      {
        name: 'book/',
        paths: ['book/preface.md', 'book/two words.md', 'book/one.md', 'book/appendix 2.md', 'book/appendix 10.md'],
        summaryPath: 'book/SUMMARY.md',
      },
    ])
  })

  it('finds the SUMMARY.md that mdBook keeps in src', async () => {
    await put({ 'book/src/SUMMARY.md': '- [B](b.md)\n- [A](a.md)', 'book/src/a.md': 'x', 'book/src/b.md': 'x' })
    const { books } = await createBookFolder(folder).listBooks()
    expect(books[0]).toMatchObject({ paths: ['book/src/b.md', 'book/src/a.md'], summaryPath: 'book/src/SUMMARY.md' })
  })

  it('takes the corpus folder itself as one book when it holds SUMMARY.md', async () => {
    await put({ 'manual/SUMMARY.md': '- [B](b.md)\n- [A](part/a.md)', 'manual/part/a.md': 'x', 'manual/b.md': 'x' })
    const { books } = await createBookFolder(join(folder, 'manual')).listBooks()
    expect(books).toEqual([{ name: 'manual/', paths: ['b.md', 'part/a.md'], summaryPath: 'SUMMARY.md' }])
  })

  it('passes over hidden files and folders, and names files of other kinds in one notice', async () => {
    await put({
      '.hidden.md': 'x',
      '.git/a.md': 'x',
      'book.md': 'x',
      'notes.txt': 'x',
      LICENSE: 'x',
      'course/a.md': 'x',
      'course/pic.png': 'x',
    })
    const { books, notices } = await createBookFolder(folder).listBooks()
    expect(books.map((book) => book.name)).toEqual(['book.md', 'course/'])
    expect(notices).toHaveLength(1)
    expect(notices[0]?.code).toBe('FILE_WRONG_TYPE')
    expect(notices[0]?.text).toContain('"notes.txt"')
    expect(notices[0]?.text).toContain('"LICENSE"')
  })

  it('says which folder holds no book', async () => {
    await put({ 'book.md': 'x', 'pictures/a.png': 'x' })
    expect((await createBookFolder(folder).listBooks()).notices).toEqual([
      { code: 'FOLDER_EMPTY', text: '"pictures/" holds no Markdown or PDF file.' },
    ])
  })

  it.skipIf(process.platform === 'win32')(
    'follows a link to a file inside, and skips links that lead out, nowhere or to folders',
    async () => {
      await put({ 'corpus/book.md': 'x', 'corpus/course/a.md': 'x', 'outside.md': 'secret' })
      const corpus = join(folder, 'corpus')
      await symlink(join(corpus, 'book.md'), join(corpus, 'same.md'))
      await symlink(join(folder, 'outside.md'), join(corpus, 'out.md'))
      await symlink(join(folder, 'gone.md'), join(corpus, 'gone.md'))
      await symlink(corpus, join(corpus, 'course', 'circle'))
      const source = createBookFolder(corpus)
      const { books, notices } = await source.listBooks()
      expect(books.map((book) => book.name)).toEqual(['book.md', 'course/', 'same.md'])
      expect(notices.map((notice) => notice.code)).toEqual(['FILE_SKIPPED', 'FILE_SKIPPED', 'FILE_SKIPPED'])
      expect(await source.readFile('out.md')).toMatchObject({ kind: 'left-out', notice: { code: 'FILE_SKIPPED' } })
    },
  )

  it.skipIf(process.platform === 'win32')('skips a pipe instead of waiting for it', async () => {
    await put({ 'book.md': 'x' })
    execFileSync('mkfifo', [join(folder, 'pipe.md')])
    const source = createBookFolder(folder)
    expect((await source.listBooks()).notices).toEqual([{ code: 'FILE_SKIPPED', text: '"pipe.md" is not a regular file.' }])
    expect(await readNotice('pipe.md')).toMatchObject({ code: 'FILE_SKIPPED' })
  })

  it('refuses a folder that is missing, a file, or without any book', async () => {
    await put({ 'file.md': 'x', 'empty/notes.txt': 'x' })
    await expect(createBookFolder(join(folder, 'none')).listBooks()).rejects.toMatchObject({ code: 'CORPUS_MISSING' })
    await expect(createBookFolder(join(folder, 'file.md')).listBooks()).rejects.toMatchObject({ code: 'CORPUS_MISSING' })
    await expect(createBookFolder(join(folder, 'empty')).listBooks()).rejects.toMatchObject({ code: 'CORPUS_EMPTY' })
  })
})

describe('reading a book file', () => {
  it('removes the byte order mark, keeps line endings and hashes the bytes as they are', async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('# Café\r\n\r\ntext\n')])
    await put({ 'a.md': bytes })
    const source = createBookFolder(folder)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await source.readFile('a.md')).toEqual({
      kind: 'read',
      file: { path: 'a.md', format: 'markdown', text: '# Café\r\n\r\ntext\n', sha256 },
    })
    expect(await source.hashFile('a.md')).toBe(sha256)
  })

  it('decodes UTF-16 of both byte orders when a mark says so', async () => {
    const little = Buffer.from('\uFEFF# Größe\n', 'utf16le')
    const big = Buffer.from(little).swap16()
    await put({ 'little.md': little, 'big.md': big })
    for (const path of ['little.md', 'big.md']) {
      expect(await createBookFolder(folder).readFile(path)).toMatchObject({ kind: 'read', file: { text: '# Größe\n' } })
    }
  })

  it('says at which byte a file is not UTF-8, also behind a true replacement character', async () => {
    await put({ 'latin.md': Buffer.concat([Buffer.from('ok \uFFFD ok\nCaf'), Buffer.from([0xe9, 0x20])]) })
    expect(await readNotice('latin.md')).toEqual({
      code: 'FILE_NOT_UTF8',
      text: '"latin.md" is not UTF-8: byte 13 (0xE9, line 2) does not fit. Save it as UTF-8.',
    })
  })

  it('names binary, empty and vanished files, each for what it is', async () => {
    await put({ 'binary.md': new Uint8Array([0x50, 0x4b, 0, 1]), 'empty.md': '', 'blank.md': ' \r\n\t\n', 'empty.pdf': '' })
    expect(await readNotice('binary.md')).toEqual({ code: 'FILE_BINARY', text: '"binary.md" is not text: byte 2 is zero.' })
    expect(await readNotice('empty.md')).toEqual({ code: 'FILE_EMPTY', text: '"empty.md" is empty.' })
    expect(await readNotice('blank.md')).toMatchObject({ code: 'FILE_EMPTY' })
    expect(await readNotice('empty.pdf')).toEqual({ code: 'FILE_EMPTY', text: '"empty.pdf" is empty.' })
    const gone = await readNotice('gone.md')
    expect(gone?.code).toBe('FILE_UNREADABLE')
    expect(gone?.text).toMatch(/^"gone\.md" cannot be read: ENOENT/)
    expect(await createBookFolder(folder).hashFile('gone.md')).toBeUndefined()
  })

  it('reads a PDF by page with the hash of its bytes, and names one that is locked', async () => {
    const bytes = writeTinyPdf({ pages: [['# not a heading', 'text']] })
    await put({ 'a.pdf': bytes, 'locked.pdf': writeTinyPdf({ pages: [['x']], isLocked: true }) })
    expect(await createBookFolder(folder).readFile('a.pdf')).toMatchObject({
      kind: 'read',
      file: {
        format: 'pdf',
        text: '## Page 1\n\n\\# not a heading\ntext\n\n',
        pages: [{ page: 1, startOffset: 0 }],
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    })
    expect((await readNotice('locked.pdf'))?.text).toBe('"locked.pdf" is locked with a password. Save a copy without it.')
  })

  it('reads nothing outside of the corpus folder, whatever the path says', async () => {
    await put({ 'corpus/a.md': 'x', 'secret.md': 'secret' })
    const source = createBookFolder(join(folder, 'corpus'))
    expect(await source.readFile('../secret.md')).toMatchObject({ kind: 'left-out', notice: { code: 'FILE_SKIPPED' } })
    expect(await source.hashFile('../secret.md')).toBeUndefined()
  })
})
