import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { exportAnswer, parseExportFormat } from '../../../../src/app/export-answer/export-answer.js'
import type { Answer, Citation } from '../../../../src/core/types/answer.js'
import { fakeAnswer, fakeCitation } from '../../../helpers/fake-pilotbook.js'

const hostile = '<script>alert(1)</script> & <img src=x onerror=alert(2)>'
const answerWith = (more: Partial<Answer>): Answer => ({ ...fakeAnswer, notices: [], sentences: [], ...more })
const citationWith = (quote: string): Citation => ({ ...fakeCitation, quote })

describe('exportAnswer as Markdown', () => {
  test("has the shape of the original system's page, with footnotes that name book, section and lines", async () => {
    expect(await exportAnswer(fakeAnswer, 'markdown')).toBe(`# How is a client different from a daemon?

The **client** sends commands, the daemon runs containers [^1]. It is quick.

AI Model: none (quoted from the books)

Embedding Model: none (word search)

RAG Citation (Knowledge Base):

- handbook/

Not found in the books:

- It is quick.

Notices:

- No language model wrote this; it is quoted from the books.

[^1]: Handbook (2026) › Client, daemon and host › Client and daemon, line 14 (\`handbook/client.md\`)

    > The daemon builds images and runs containers
`)
  })

  test('leaves code as it stands, its brackets included', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell prints it so
    const code = 'Run it [1]:\n\n```sh\necho "${a[1]}" <b> ![x](y)\n```\n\nSee `a[1] <i>` and \\[1].'
    expect(await exportAnswer(answerWith({ markdown: code }), 'markdown')).toContain(code.replace('it [1]', 'it [^1]'))
  })

  test('makes text of HTML and links of images, in answer, title, names and quotes', async () => {
    const text = await exportAnswer(
      answerWith({
        question: `${hostile}\n# second title`,
        markdown: `${hostile} ![pixel](https://tracker.example/p.png) [1]`,
        knowledgeBase: [hostile],
        citations: [citationWith(`${hostile}\n\n## not a title`)],
      }),
      'markdown',
    )
    const html = new MarkdownIt({ html: true }).render(text)
    expect(html).not.toMatch(/<script|<img/)
    expect(html.match(/<h[1-6]>/g)).toEqual(['<h1>', ...(html.includes('<h2>') ? ['<h2>'] : [])])
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})

describe('exportAnswer as HTML', () => {
  test('is one page with title, marked citations, facts and footnotes, and nothing to fetch or to run', async () => {
    const html = await exportAnswer(fakeAnswer, 'html')
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain('<h1>How is a client different from a daemon?</h1>')
    expect(html).toContain('<strong>client</strong> sends commands, the daemon runs containers <sup><a href="#note-1">[1]</a></sup>')
    expect(html).toContain('<p>AI Model: none (quoted from the books)</p><p>Embedding Model: none (word search)</p>')
    expect(html).toContain('<p>RAG Citation (Knowledge Base):</p><ul><li>handbook/</li></ul>')
    expect(html).toContain('Handbook (2026) › Client, daemon and host › Client and daemon, line 14 (<code>handbook/client.md</code>)')
    expect(html).toContain('<blockquote>The daemon builds images and runs containers</blockquote>')
    expect(html).not.toMatch(/<script|<link|\ssrc=|@import|url\(/)
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  test('shows what books and models wrote as text, and lets links lead to the web only', async () => {
    const html = await exportAnswer(
      answerWith({
        question: hostile,
        markdown: `${hostile} [a](javascript:alert(1)) [b](../other.md) [c](https://docs.example/x "t") ![d](https://t.example/p.png) [1] \\[1] [7]`,
        knowledgeBase: [hostile],
        notices: [{ code: 'X', text: hostile }],
        citations: [citationWith(hostile)],
      }),
      'html',
    )
    expect(html).not.toMatch(/<script|<img|javascript:/)
    expect(html.match(/<a [^>]*>/g)).toEqual(['<a rel="noreferrer noopener" href="https://docs.example/x">', '<a href="#note-1">'])
    expect(html).toContain('</sup> [1] [7]')
    expect(html).toMatch(/ a b <a /)
  })

  test('needs no citations', async () => {
    const html = await exportAnswer(answerWith({ kind: 'no-evidence', markdown: 'The books do not answer this.', citations: [] }), 'html')
    expect(html).toContain('<p>The books do not answer this.</p>')
    expect(html).not.toContain('class="notes"></ol>')
  })
})

test('exportAnswer as JSON is the answer itself', async () => {
  expect(JSON.parse(await exportAnswer(fakeAnswer, 'json'))).toEqual(fakeAnswer)
})

test('parseExportFormat refuses what is no format and names those there are', () => {
  expect(parseExportFormat('html')).toBe('html')
  expect(() => parseExportFormat('pdf')).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('markdown, html, json') }),
  )
})
