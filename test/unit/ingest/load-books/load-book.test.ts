import { describe, expect, it } from 'vitest'
import type { Book } from '../../../../src/core/types/book.js'
import { loadBook } from '../../../../src/ingest/load-books/load-book.js'
import { createMemorySource, loadOnly } from './memory-source.js'

const paths = (book: Book) => book.sections.map((section) => section.headingPath.join(' › '))
const titles = (book: Book) => book.sections.map((section) => section.title)
const load = (text: string) => loadOnly({ 'book.md': text })

describe('the title of a book', () => {
  it.each([
    ['its front matter, before anything else', { 'a.md': '---\ntitle: From matter\n---\n# From heading\n' }, 'From matter'],
    ['the one H1 of its file', { 'a.md': '# From heading\n\n## Two\n' }, 'From heading'],
    ['its file name when there are several H1', { 'Orchestrating Docker.md': '# One\n\n# Two\n' }, 'Orchestrating Docker'],
    ['its whole name, dashes and all', { 'Docker – Up & Running.md': 'text' }, 'Docker – Up & Running'],
    ['the H1 of its SUMMARY.md', { 'book/SUMMARY.md': '# The Harbour\n\n- [A](a.md)', 'book/a.md': '# A\n' }, 'The Harbour'],
    ['its folder when SUMMARY.md is just a summary', { 'my_book/SUMMARY.md': '# Summary\n', 'my_book/a.md': '# A\n' }, 'My book'],
    ['the title page of its folder', { 'book/README.md': '# The Harbour\n', 'book/a.md': '# A\n' }, 'The Harbour'],
    ['not the first chapter of its folder', { 'book/1-intro.md': '# Introduction\n', 'book/2.md': '# B\n' }, 'Book'],
  ])('is %s', async (_name, files, title) => {
    expect((await loadOnly(files)).title).toBe(title)
  })

  it('comes with authors, edition and year from the name of the file', async () => {
    const book = await loadOnly({ 'The Docker Book – James Turnbull – v17.03.0.md': '# One\n\n# Two\n' })
    expect(book).toMatchObject({ title: 'The Docker Book', authors: ['James Turnbull'], edition: 'v17.03.0', year: 2017 })
    expect(book.name).toBe('The Docker Book – James Turnbull – v17.03.0.md')
  })

  it('comes from the metadata of a PDF, whose sections carry their pages', async () => {
    const text = '## Page 1\n\na\n\n## Page 4\n\nb\n\n'
    const pages = [
      { page: 1, startOffset: 0 },
      { page: 4, startOffset: 14 },
    ]
    const book = await loadOnly({
      'x.pdf': { format: 'pdf', text, pages, metadata: { title: 'Pages', authors: ['Ann Ames'], year: 2020 } },
    })
    expect(book).toMatchObject({ title: 'Pages', authors: ['Ann Ames'], year: 2020, format: 'pdf' })
    expect(book.sections.map((section) => [section.title, section.page])).toEqual([
      ['Page 1', 1],
      ['Page 4', 4],
    ])
  })
})

describe('the sections of a book', () => {
  it('does not repeat the book title above its chapters', async () => {
    expect(paths(await load('# The Book\n\nintro\n\n## One\n\n### Deep\n\n## Two\n'))).toEqual(['The Book', 'One', 'One › Deep', 'Two'])
  })

  it('takes several H1 in one file as chapters', async () => {
    const book = await load('# One\n\n## A\n\n# Two\n\n## A\n\n### A\n')
    expect(paths(book)).toEqual(['One', 'One › A', 'Two', 'Two › A', 'Two › A › A'])
    expect(book.sections.map((section) => [section.id, section.parentId])).toEqual([
      ['one', undefined],
      ['a', 'one'],
      ['two', undefined],
      ['a-1', 'two'],
      ['a-2', 'a-1'],
    ])
  })

  it('puts the headings of a chapter below the title that only its front matter has', async () => {
    const book = await loadOnly({ 'book/a.md': '---\ntitle: Volumes\n---\n\n## Why\n\ntext\n', 'book/02-networks.md': '## How\n\ntext' })
    expect(paths(book)).toEqual(['Volumes', 'Volumes › Why', 'Networks', 'Networks › How'])
    expect(book.sections[1]?.parentId).toBe(book.sections[0]?.id)
  })

  it('calls a chapter without a heading what SUMMARY.md calls it', async () => {
    const book = await loadOnly({ 'book/SUMMARY.md': '# Summary\n\n- [Getting *going*](ch1.md)\n', 'book/ch1.md': 'Just text.' })
    expect(paths(book)).toEqual(['Getting going'])
    expect(book.files.map((file) => file.path)).toEqual(['book/ch1.md'])
  })

  it('gives an article without headings one section of its title', async () => {
    const text = '---\ntitle: How is a client different?\n---\n\nThe client talks.\n'
    const [section, ...others] = (await load(text)).sections
    expect(others).toEqual([])
    expect(section).toMatchObject({ title: 'How is a client different?', level: 0, startOffset: 0, startLine: 1, endLine: 5 })
    expect(text.slice(section?.bodyOffset, section?.endOffset)).toBe('\nThe client talks.\n')
  })

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('knows exact offsets and lines with %s', async (_name, end) => {
    const text = ['intro', '', 'Setext one', '===', 'a', '## Two ##', 'b', '', 'Setext three', '---', 'c'].join(end)
    const { sections } = await load(text)
    expect(sections.map((section) => [section.level, section.startLine, section.endLine])).toEqual([
      [0, 1, 2],
      [1, 3, 5],
      [2, 6, 8],
      [2, 9, 11],
    ])
    expect(sections.map((section) => text.slice(section.startOffset, section.bodyOffset))).toEqual([
      '',
      `Setext one${end}===${end}`,
      `## Two ##${end}`,
      `Setext three${end}---${end}`,
    ])
    expect(sections.map((section) => text.slice(section.startOffset, section.endOffset)).join('')).toBe(text)
  })

  it('knows exact places in a text of mixed line endings', async () => {
    const text = 'a\r\n# One\nb\r# Two\r\n\r\n# Three\n'
    const { sections } = await load(text)
    expect(sections.map((section) => [section.title, section.startLine, text.slice(section.startOffset, section.bodyOffset)])).toEqual([
      ['book', 1, ''],
      ['One', 2, '# One\n'],
      ['Two', 4, '# Two\r\n'],
      ['Three', 6, '# Three\n'],
    ])
  })

  it.each([
    ['## <a name="run"></a>Run it', 'Run it'],
    ['## <a id="x">Run</a> it {#run}', 'Run it'],
    ['## Run it { .class #id }', 'Run it'],
    ['## Run it {: .note title="x y" } ##', 'Run it'],
    ['## **Run** _it_ with `docker run`', 'Run it with docker run'],
    ['## [Run](https://example.com) it [here][ref] [](#anchor)', 'Run it [here][ref]'],
    ['## Format {{ .Names }} and `{{.ID}}`', 'Format {{ .Names }} and {{.ID}}'],
    ['## Up &amp; running \\*now\\* &#39;ok&#39;', "Up & running *now* 'ok'"],
    ['## ![Docker logo](logo.png) Docker', 'Docker logo Docker'],
    ['## The `<tt>` tag and <tt>run</tt>', 'The <tt> tag and run'],
    ['## Part {% icon x %} one', 'Part one'],
    ['##   Spaces \t inside  ', 'Spaces inside'],
  ])('cleans the heading %j', async (line, title) => {
    expect(titles(await load(`${line}\n\ntext\n`))).toEqual([title])
  })

  it.each([
    ['a fence', '```\n# no\n```'],
    ['a fence of tildes', '~~~sh\n# no\n~~~'],
    ['indented code', 'text\n\n    # no'],
    ['a comment', '<!--\n# no\n-->'],
    ['a quote', '> # no'],
    ['a list item', '- # no'],
    ['raw HTML', '<table>\n# no\n</table>'],
    ['a paragraph above a separator', 'One sentence that ends here.\n---\nmore'],
    ['two lines above a separator', 'one line\nand another\n---\nmore'],
    ['a page break above a separator', '\\newpage\n---\nmore'],
    ['a shortcode above a separator', '{% youtube abc %}\n---\nmore'],
    ['a heading without a word', '## \n\n# ![](logo.png)'],
    ['a hash tag', '#no'],
  ])('finds no heading in %s', async (_name, text) => {
    expect(titles(await load(`# Yes\n\n${text}\n`))).toEqual(['Yes'])
  })

  it('takes slide separators for what they are', async () => {
    expect(titles(await load('---\n\n# One\n\ntext\n\n---\n\n# Two\n\n- item\n---\n\nmore\n'))).toEqual(['book', 'One', 'Two'])
  })

  it('goes on behind a fence that was opened with four marks and closed with three', async () => {
    expect(
      titles(
        await load(
          '# One\n\n````bash\n# code\n```\n\n# Two\n\n~~~~\n# code\n~~~\n\n# Three\n\n- item\n  ````yaml\n  # code\n  ```\n\n# Four\n',
        ),
      ),
    ).toEqual(['One', 'Two', 'Three', 'Four'])
  })

  it('keeps a fence whole that is closed properly after a shorter one inside', async () => {
    expect(titles(await load('# One\n\n````md\n```bash\n# code\n```\n# code\n````\n\n# Two\n'))).toEqual(['One', 'Two'])
  })

  it('numbers headings that repeat, also those without a letter', async () => {
    const book = await load('# Options\n\n# Options\n\n# Options-1\n\n# …\n\n# constructor\n')
    expect(new Set(book.sections.map((section) => section.id)).size).toBe(5)
    expect(book.sections.slice(0, 2).map((section) => section.id)).toEqual(['options', 'options-1'])
  })

  it('keeps the same page under two names apart', async () => {
    const book = await loadOnly({ 'book/a.md': '# Volumes\n\ntext', 'book/b.md': '# Volumes\n\ntext' })
    expect(book.sections.map((section) => [section.file, section.id])).toEqual([
      ['book/a.md', 'volumes'],
      ['book/b.md', 'volumes-1'],
    ])
  })

  it('reads how learners ask from the comment below a heading', async () => {
    const book = await load(
      '# One\n\n<!-- editor: ann -->\n<!-- asks: why one? ;  how\n one?; -->\n\ntext\n\n## Two\n\ntext <!-- asks: no -->\n',
    )
    expect(book.sections.map((section) => section.asks)).toEqual([['why one?', 'how one?'], []])
  })
})

describe('files that are hard to read', () => {
  it('reports broken front matter by name and reads the text', async () => {
    const source = createMemorySource({ 'a.md': '---\ntitle: Docker: Up\n---\n\ntext' })
    const { book, notices } = await loadBook({ name: 'a.md', paths: ['a.md'] }, source)
    expect(book?.title).toBe('Docker: Up')
    expect(notices).toEqual([
      { code: 'FRONT_MATTER_UNREADABLE', text: expect.stringMatching(/^The front matter of "a\.md" .*read all the same\.$/) },
    ])
  })

  it('leaves out files of a folder that cannot be read and keeps the others', async () => {
    const source = createMemorySource({ 'book/a.md': 'text' })
    const { book, notices } = await loadBook({ name: 'book/', paths: ['book/gone.md', 'book/a.md'] }, source)
    expect(book?.files.map((file) => file.path)).toEqual(['book/a.md'])
    expect(notices.map((notice) => notice.code)).toEqual(['FILE_UNREADABLE'])
  })

  it('has no book when no file has text', async () => {
    const source = createMemorySource({ 'a.md': '---\ntitle: x\n---\n \n' })
    expect((await loadBook({ name: 'a.md', paths: ['a.md'] }, source)).book).toBeUndefined()
  })

  it.each([
    ['ten megabytes in one line', 'word '.repeat(2_000_000), 1],
    ['a hundred thousand headings', '# Options\n'.repeat(100_000), 100_000],
    ['a hundred thousand fences closed with too few marks', '````x\n```\n'.repeat(100_000), 1],
    ['five thousand quotes in each other', `${'>'.repeat(5000)} x`, 1],
    ['a list three thousand levels deep', Array.from({ length: 3000 }, (_item, at) => `${' '.repeat(at * 2)}- x`).join('\n'), 1],
  ])('survives %s', async (_name, text, sections) => {
    expect((await load(text)).sections).toHaveLength(sections)
  })
})
