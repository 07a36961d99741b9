import type { ReadFile } from '../../core/ports/book-source.js'
import { escapeMarkdown } from './escape-markdown.js'

type PdfContent = Required<Pick<ReadFile, 'text' | 'pages' | 'metadata'>>

export type PdfReading =
  | { readonly kind: 'read'; readonly content: PdfContent }
  | { readonly kind: 'unusable'; readonly code: 'FILE_UNREADABLE' | 'FILE_NO_TEXT' | 'FILE_EMPTY'; readonly problem: string }

interface PageText {
  readonly num: number
  readonly text: string
}

/**
 * A PDF as Markdown: one section `Page N` for each page that has text, the text itself free of markup. The parser takes the bytes
 * away: they are empty afterwards. A PDF that cannot be used comes back as a problem that completes the sentence `"name" …`.
 */
export async function readPdf(bytes: Uint8Array): Promise<PdfReading> {
  if (bytes.length === 0) return { kind: 'unusable', code: 'FILE_EMPTY', problem: 'is empty.' }
  const { PDFParse } = await import('pdf-parse')
  const parser = new PDFParse({ data: new Uint8Array(bytes), verbosity: 0 })
  try {
    const { pages } = await parser.getText({ pageJoiner: '' })
    const { info } = await parser.getInfo()
    const withText = pages.filter((page) => page.text.trim() !== '')
    if (withText.length === 0) {
      return { kind: 'unusable', code: 'FILE_NO_TEXT', problem: `has no text on its ${pages.length} pages: they may be scanned pictures.` }
    }
    return { kind: 'read', content: { ...toMarkdown(withText), metadata: parseMetadata(info) } }
  } catch (error) {
    return { kind: 'unusable', code: 'FILE_UNREADABLE', problem: describeProblem(error) }
  } finally {
    await parser.destroy()
  }
}

function toMarkdown(pages: readonly PageText[]): Pick<PdfContent, 'text' | 'pages'> {
  let text = ''
  const starts: { page: number; startOffset: number }[] = []
  for (const page of pages) {
    starts.push({ page: page.num, startOffset: text.length })
    text += `## Page ${page.num}\n\n${escapeMarkdown(page.text.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim())}\n\n`
  }
  return { text, pages: starts }
}

/** What a PDF's information dictionary says, as far as it is usable: programs often write their own file name there. */
function parseMetadata(info: unknown): PdfContent['metadata'] {
  const fields: Record<string, unknown> = typeof info === 'object' && info !== null ? { ...info } : {}
  const title = toWords(fields.Title)
  const authors = (toWords(fields.Author) ?? '').split(/\s*(?:[;,&]|\band\b)\s*/).filter((name) => name !== '')
  const year = /(?:^|\D)((?:19|20)\d\d)/.exec(toWords(fields.CreationDate) ?? '')?.[1]
  return {
    ...(title === undefined || /^untitled$|\.\w{2,5}$/i.test(title) ? {} : { title }),
    ...(authors.length === 0 ? {} : { authors }),
    ...(year === undefined ? {} : { year: Number(year) }),
  }
}

function toWords(value: unknown): string | undefined {
  const words = typeof value === 'string' ? value.replace(/[\s\0]+/g, ' ').trim() : ''
  return words === '' ? undefined : words
}

function describeProblem(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (/password/i.test(name) || /password/i.test(message)) return 'is locked with a password. Save a copy without it.'
  if (/invalid/i.test(name)) return `is not a whole PDF file: ${message} Copy it again from where you got it.`
  return `cannot be read: ${message}`
}
