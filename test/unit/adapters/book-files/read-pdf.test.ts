import { describe, expect, it } from 'vitest'
import { escapeMarkdown } from '../../../../src/adapters/book-files/escape-markdown.js'
import { readPdf } from '../../../../src/adapters/book-files/read-pdf.js'
import { cleanText } from '../../../../src/ingest/split-passages/clean-text.js'
import { writeTinyPdf } from './tiny-pdf.js'

describe('reading a PDF', () => {
  it('gives one section per page with text, and tells where each page begins', async () => {
    const reading = await readPdf(writeTinyPdf({ pages: [['First page.'], [], ['Third page.']] }))
    expect(reading).toMatchObject({ kind: 'read', content: { text: '## Page 1\n\nFirst page.\n\n## Page 3\n\nThird page.\n\n' } })
    if (reading.kind !== 'read') return
    const { text, pages } = reading.content
    expect(pages.map(({ page, startOffset }) => [page, text.slice(startOffset, startOffset + 9)])).toEqual([
      [1, '## Page 1'],
      [3, '## Page 3'],
    ])
  })

  it('reads title, authors and year, and no file name for a title', async () => {
    const info = { Title: 'The Harbour Book', Author: 'Ann Ames; Bo Berg', CreationDate: "D:20210304050607+00'00'" }
    expect(await readPdf(writeTinyPdf({ pages: [['x']], info }))).toMatchObject({
      content: { metadata: { title: 'The Harbour Book', authors: ['Ann Ames', 'Bo Berg'], year: 2021 } },
    })
    expect(await readPdf(writeTinyPdf({ pages: [['x']], info: { Title: 'draft-3.docx' } }))).toMatchObject({ content: { metadata: {} } })
  })

  it('says what is wrong with locked, cut, foreign and scanned files', async () => {
    const whole = writeTinyPdf({ pages: [['text']] })
    const locked = await readPdf(writeTinyPdf({ pages: [['text']], isLocked: true }))
    expect(locked).toMatchObject({ code: 'FILE_UNREADABLE', problem: expect.stringContaining('password') })
    const cut = await readPdf(whole.slice(0, 60))
    expect(cut).toMatchObject({ code: 'FILE_UNREADABLE', problem: expect.stringContaining('not a whole PDF') })
    expect(await readPdf(new TextEncoder().encode('<html>no</html>'))).toMatchObject({ code: 'FILE_UNREADABLE' })
    const scanned = await readPdf(writeTinyPdf({ pages: [[], []] }))
    expect(scanned).toMatchObject({ code: 'FILE_NO_TEXT', problem: expect.stringContaining('2 pages') })
  })
})

describe('text of a page as Markdown', () => {
  const lines = [
    '# not a heading',
    '---',
    '===',
    '- dash',
    '12. twelve',
    '> quoted',
    '```',
    '| a | b |',
    '<b>tag</b> and docker run <image>',
    'RUN a \\',
    'ls *.md and *.txt',
    'my_var and _x_',
    '[link](x) {% tag %} {#id} &amp;',
    '<!-- kept -->',
  ]

  it.each(lines)('keeps the line %j as plain words', (line) => {
    expect(cleanText(escapeMarkdown(line))).toBe(line)
  })

  it('turns no line into markup when lines stand together', () => {
    expect(cleanText(escapeMarkdown(lines.join('\n')))).toBe(lines.join(' '))
  })
})
