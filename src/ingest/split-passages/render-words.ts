import type { Token } from 'markdown-it'
import { toHtmlWords, toTagWords } from './html-words.js'
import { parser } from './markdown-parser.js'

interface Rendering {
  readonly lines: string[]
  /** The marker that the next line of a list item gets. */
  marker: string
  cells: string[] | undefined
  depth: number
}

/** Markdown as the words a reader sees, with list markers, table rows and code kept readable. Takes any text. */
export function renderWords(markdown: string): string {
  const rendering: Rendering = { lines: [], marker: '', cells: undefined, depth: 0 }
  for (const token of parser.parse(markdown, {})) renderToken(token, rendering)
  return rendering.lines.join('\n').trim()
}

function renderToken(token: Token, rendering: Rendering): void {
  const { lines } = rendering
  if (/list_(?:open|close)$/.test(token.type)) {
    rendering.depth += token.nesting
    if (rendering.depth === 0) endBlock(lines)
  } else if (token.type === 'list_item_open') {
    rendering.marker = token.info === '' ? '- ' : `${token.info}${token.markup} `
  } else if (token.type === 'tr_open') {
    rendering.cells = []
  } else if (token.type === 'tr_close') {
    lines.push((rendering.cells ?? []).join(' | '))
    rendering.cells = undefined
  } else if (token.type === 'inline') {
    renderInline(toInlineWords(token.children ?? []), rendering)
  } else if (token.type === 'fence' || token.type === 'code_block') {
    const marks = token.markup === '' ? '```' : token.markup
    addText(`${marks}${token.info.trim()}\n${token.content.replace(/\n$/, '')}\n${marks}`, rendering)
  } else if (token.type === 'html_block') {
    addText(toHtmlWords(token.content), rendering)
  }
  if (rendering.depth === 0 && /^(?:paragraph_close|heading_close|table_close|fence|code_block|html_block)$/.test(token.type))
    endBlock(lines)
}

function renderInline(text: string, rendering: Rendering): void {
  const words = text.replace(
    /^\[!(\w)(\w*)\][ \t]*/,
    (_mark, first: string, rest: string) => `${first.toUpperCase()}${rest.toLowerCase()}: `,
  )
  if (rendering.cells !== undefined) rendering.cells.push(words.replace(/\s+/g, ' ').trim())
  else addText(words, rendering)
}

function addText(text: string, rendering: Rendering): void {
  if (text.trim() === '') return
  const indent = '  '.repeat(Math.max(0, rendering.depth - 1))
  const below = rendering.depth === 0 ? '' : `${indent}  `
  const first = rendering.marker === '' ? below : `${indent}${rendering.marker}`
  for (const [at, line] of text.split('\n').entries()) rendering.lines.push(`${at === 0 ? first : below}${line}`)
  rendering.marker = ''
}

function endBlock(lines: string[]): void {
  if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
}

function toInlineWords(tokens: readonly Token[]): string {
  return tokens
    .map(toWords)
    .join('')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .trim()
}

function toWords(token: Token): string {
  switch (token.type) {
    case 'code_inline':
      return `${token.markup}${token.content}${token.markup}`
    case 'softbreak':
      return ' '
    case 'hardbreak':
      return '\n'
    case 'image':
      return toInlineWords(token.children ?? [])
    case 'html_inline':
      return toTagWords(token.content)
    default:
      return withoutReferences(token.content)
  }
}

// References whose definition stands outside of the passage are not seen as links by the parser; what was stripped leaves two blanks.
function withoutReferences(text: string): string {
  const words = text.replace(/ {2,}/g, ' ')
  return words.includes('[') ? words.replace(/\[([^[\]]{1,200})\]\[[^[\]]{0,100}\]/g, '$1').replace(/\[\^[^[\]\s]{1,40}\]:?/g, '') : words
}
