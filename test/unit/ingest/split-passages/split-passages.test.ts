import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBookFolder } from '../../../../src/adapters/book-files/create-book-folder.js'
import type { Book } from '../../../../src/core/types/book.js'
import type { Passage } from '../../../../src/core/types/passage.js'
import { loadBooks } from '../../../../src/ingest/load-books/load-books.js'
import { cutSection } from '../../../../src/ingest/split-passages/cut-section.js'
import { measureText } from '../../../../src/ingest/split-passages/measure-text.js'
import { splitPassages } from '../../../../src/ingest/split-passages/split-passages.js'
import { markdownArbitrary } from '../../../helpers/markdown-arbitrary.js'
import { createMemorySource, loadOnly } from '../load-books/memory-source.js'

const fixtures = new URL('../../../fixtures/books/', import.meta.url)

async function split(text: string): Promise<readonly Passage[]> {
  return splitPassages(await loadOnly({ 'book.md': text }))
}

const words = (count: number, word = 'word') => Array.from({ length: count }, (_word, at) => `${word}${at}`).join(' ')
const texts = (passages: readonly Passage[]) => passages.map((passage) => passage.text)
const countLines = (text: string) => text.split(/\r\n?|\n/).length

/** Holds every law of passages against a whole book; throws on the first that is broken. */
async function checkLaws(book: Book): Promise<void> {
  const passages = await splitPassages(book)
  expect(new Set(passages.map((passage) => passage.id)).size).toBe(passages.length)
  const sections = book.sections.map((section) => section.id)
  const order = passages.map((passage) => sections.indexOf(passage.sectionId))
  expect(order).toEqual([...order].sort((left, right) => left - right))
  for (const section of book.sections) {
    const text = book.files.find((file) => file.path === section.file)?.text ?? ''
    const own = passages.filter((passage) => passage.sectionId === section.id)
    const { leftOut } = await cutSection(text, { start: section.bodyOffset, end: section.endOffset })
    let from = section.bodyOffset
    for (const passage of own) {
      expect(passage.startOffset).toBeGreaterThanOrEqual(from)
      expect(passage.endOffset).toBeGreaterThan(passage.startOffset)
      expect(passage.endOffset).toBeLessThanOrEqual(section.endOffset)
      expect(passage.text).toBe(text.slice(passage.startOffset, passage.endOffset))
      expect(passage.startLine).toBe(countLines(text.slice(0, passage.startOffset)))
      expect(passage.endLine).toBe(countLines(text.slice(0, passage.endOffset)))
      expect(passage.headingPath).toEqual(section.headingPath)
      expect(passage.cleanText.trim()).not.toBe('')
      from = passage.endOffset
    }
    const covered = [...own.map(({ startOffset, endOffset }) => ({ start: startOffset, end: endOffset })), ...leftOut]
    const ranges = covered.sort((left, right) => left.start - right.start)
    const gaps = [...ranges, { start: section.endOffset, end: 0 }].map(({ start }, at) =>
      text.slice(ranges[at - 1]?.end ?? section.bodyOffset, start),
    )
    expect(gaps.join('').trim()).toBe('')
  }
}

describe('passages of any book', () => {
  it('are exact slices in order that cover all text and cross no section, whatever the Markdown', async () => {
    await fc.assert(
      fc.asyncProperty(markdownArbitrary, async (text) => {
        const { books } = await loadBooks(createMemorySource({ 'book.md': `${text}\nend` }))
        for (const book of books) await checkLaws(book)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replace(/\n/g, '\r\n')],
  ])('obey the same laws in a book of all quirks with %s', async (_name, convert) => {
    const text = convert(await readFile(new URL('quirks.md', fixtures), 'utf8'))
    await checkLaws(await loadOnly({ 'quirks.md': text }))
  })

  it('say the same with LF and CRLF', async () => {
    const text = await readFile(new URL('quirks.md', fixtures), 'utf8')
    const cleaned = async (version: string) => (await split(version)).map((passage) => passage.cleanText)
    expect(await cleaned(text.replace(/\n/g, '\r\n'))).toEqual(await cleaned(text))
  })

  it('come from real files with their places', async () => {
    const { books, notices } = await loadBooks(createBookFolder(fileURLToPath(fixtures)))
    expect(notices).toEqual([])
    expect(books.map((book) => [book.name, book.title])).toEqual([
      ['mdbook/', 'Mdbook'],
      ['quirks.md', 'Everything that a book may hold'],
    ])
    for (const book of books) await checkLaws(book)
    const passages = (await Promise.all(books.map(splitPassages))).flat()
    expect(passages.map((passage) => passage.headingPath.join(' › '))).toEqual([
      'Preface',
      'Sailing › Under way',
      'Landing',
      'Landing › Moor',
      'Everything that a book may hold',
      'First chapter',
      'First chapter › Options',
      'First chapter › Options',
      'Third chapter',
    ])
  })
})

describe('the size of passages', () => {
  it('is about 120 to 220 words in running text', async () => {
    const passages = await split(Array.from({ length: 40 }, (_paragraph, at) => words(35, `p${at}w`)).join('\n\n'))
    for (const passage of passages) {
      const size = measureText(passage.text, { start: 0, end: passage.text.length })
      expect(size).toBeGreaterThanOrEqual(100)
      expect(size).toBeLessThanOrEqual(220)
    }
  })

  it.each([
    ['a code fence', `\`\`\`bash\n${'$ docker ps --all\n\n'.repeat(25)}\`\`\``],
    ['a table', `| a | b |\n|---|---|\n${'| one | two |\n'.repeat(20).trimEnd()}`],
    ['a list item with code', `- ${words(40)}\n\n  \`\`\`\n  ${words(60)}\n\n  x\n  \`\`\`\n\n  ${words(20)}`],
  ])('leaves %s whole when it fits', async (_name, block) => {
    const passages = await split(`${words(90)}\n\n${words(90)}\n\n${block}\n\n${words(100)}`)
    expect(texts(passages).filter((text) => text.includes(block))).toHaveLength(1)
  })

  it('keeps a lead paragraph with the code that it leads to', async () => {
    const code = `\`\`\`\n${words(112)}\n\`\`\``
    const passages = await split(`${words(110)}\n\nRun it like this:\n\n${code}\n`)
    expect(texts(passages)[1]).toBe(`Run it like this:\n\n${code}`)
  })

  it('takes a tiny remainder into its neighbour', async () => {
    expect(await split(`${words(200)}\n\n${words(30)}`)).toHaveLength(1)
  })

  it('cuts long code by lines, and every part stays code', async () => {
    const lines = Array.from({ length: 200 }, (_line, at) => `RUN echo "line ${at} of a rather long file" # *not* emphasis`)
    const passages = await split(`# A\n\n\`\`\`dockerfile\n${lines.join('\n')}\n\`\`\`\n`)
    expect(passages.length).toBeGreaterThan(4)
    for (const passage of passages) {
      expect(passage.cleanText).toMatch(/^```dockerfile\n(?:RUN .*\n)+```$/)
    }
    expect(passages.flatMap((passage) => passage.cleanText.match(/^RUN .*$/gm))).toEqual(lines)
  })

  it('cuts a long table by rows, and every part is read with the head', async () => {
    const rows = Array.from({ length: 60 }, (_row, at) => `| \`--option-${at}\`${' '.repeat(300)} | does ${at} things for you |`)
    const passages = await split(`| Option | Meaning |\n|---|---|\n${rows.join('\n')}\n`)
    expect(passages.length).toBeGreaterThan(1)
    for (const passage of passages) expect(passage.cleanText).toMatch(/^Option \| Meaning\n`--option-\d+` \| does/)
  })

  it('cuts a long list between items', async () => {
    const items = Array.from({ length: 30 }, (_item, at) => `- ${words(25, `i${at}w`)}`)
    const passages = await split(items.join('\n'))
    expect(passages.length).toBeGreaterThan(2)
    expect(texts(passages).join('\n')).toBe(items.join('\n'))
    for (const text of texts(passages)) expect(text).toMatch(/^- i\d+w0 /)
  })

  it('reads code inside of an oversized list item as code', async () => {
    const passages = await split(
      `1. ${words(150)}\n\n    \`\`\`yaml\n    services:\n      *web*:\n    \`\`\`\n\n    ${words(150, 'more')}\n`,
    )
    expect(passages.map((passage) => passage.cleanText).join('\n')).toMatch(/```yaml\n *services:\n {2,}\*web\*:\n *```/)
  })

  it('survives ten megabytes in one line', async () => {
    const passages = await split('word '.repeat(2_000_000))
    expect(passages.length).toBeGreaterThan(5000)
    expect(Math.max(...passages.map((passage) => passage.text.length))).toBeLessThan(3000)
  })
})

describe('what is no passage', () => {
  it.each([
    ['a separator', '---'],
    ['a comment', '<!-- a comment\n\nof two paragraphs -->'],
    ['shortcodes', '{% youtube abc %}\n\n{% embed include file="a.md" %}\n\n{{< figure src="a.png" >}}'],
    ['a picture without a description', '![](a.png)\n\n<img src="a.png">'],
    ['a list of links', '- [One chapter](one.md)\n  - [Two](two.md)\n1. [Three](three.md)'],
    ['a page of one link', '[The whole text](https://example.com/text)'],
    ['bare addresses', 'https://example.com/a\n\n<https://example.com/b>'],
    ['link definitions', '[a]: https://example.com/a "Title"\n[b]: https://example.com/b'],
    ['badges', '[![Build](https://ci.example/a.svg)](https://ci.example)'],
    ['a page break', '\\newpage'],
    ['a quiz', '<Quiz\n  question="What?"\n\n  answers={["a", "b"]}\n/>'],
    ['an empty fence', '```\n```'],
  ])('is %s', async (_name, text) => {
    expect(await split(`# A\n\n${text}\n\n# B\n\nreal text\n`)).toMatchObject([{ text: 'real text' }])
  })

  it('keeps a picture that is described and a link in a sentence', async () => {
    expect(texts(await split('# A\n\n![A whale](a.png)\n\n# B\n\nSee [this](b.md).\n'))).toEqual(['![A whale](a.png)', 'See [this](b.md).'])
  })

  it('stays out at the edges of a passage and is passed over inside of it', async () => {
    const passages = await split('# A\n\n{% youtube a %}\n\nBefore.\n\n<!-- note -->\n\nAfter.\n\n---\n')
    expect(passages).toMatchObject([
      { text: 'Before.\n\n<!-- note -->\n\nAfter.', cleanText: 'Before.\n\nAfter.', startLine: 5, endLine: 9 },
    ])
  })
})

describe('the id of a passage', () => {
  it('stays when other parts of the book change, and changes with heading, text and book', async () => {
    const [before] = await split('# One\n\nsame text\n')
    const [, after] = await split('# Zero\n\nnew text\n\n# One\n\nsame text\n')
    expect(after?.id).toBe(before?.id)
    expect(before?.id).toMatch(/^[0-9a-f]{16}$/)
    const others = [
      (await split('# Two\n\nsame text\n'))[0],
      (await split('# One\n\nother text\n'))[0],
      (await splitPassages(await loadOnly({ 'other.md': '# One\n\nsame text\n' })))[0],
    ]
    expect(new Set([before, ...others].map((passage) => passage?.id)).size).toBe(4)
  })

  it('differs for the same page under two names', async () => {
    const book = await loadOnly({ 'book/a.md': '# One\n\nsame\n', 'book/b.md': '# One\n\nsame\n' })
    const ids = (await splitPassages(book)).map((passage) => passage.id)
    expect(new Set(ids).size).toBe(2)
  })

  it('comes with the page of a PDF', async () => {
    const text = '## Page 1\n\nfirst\n\n## Page 7\n\nseventh\n\n'
    const pages = [
      { page: 1, startOffset: 0 },
      { page: 7, startOffset: text.indexOf('## Page 7') },
    ]
    const passages = await splitPassages(await loadOnly({ 'a.pdf': { format: 'pdf', text, pages } }))
    expect(passages.map((passage) => [passage.page, passage.text])).toEqual([
      [1, 'first'],
      [7, 'seventh'],
    ])
  })
})
