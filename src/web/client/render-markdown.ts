import type { AnswerSentence, Citation } from '../../core/types/answer.js'
import { createElement } from './create-element.js'
import type { Block, Inline } from './markdown-tree.js'
import { parseMarkdown } from './parse-blocks.js'
import { toPlaceTitle } from './show-sources.js'

export interface MarkdownContext {
  /** Markers of other numbers stay text. */
  readonly citations: readonly Citation[]
  /** Those that the books do not fully support are marked; empty while the answer still grows. */
  readonly sentences: readonly AnswerSentence[]
}

/** The answer's Markdown as elements. Markers become links to the list of sources. */
export function renderMarkdown(markdown: string, context: MarkdownContext): DocumentFragment {
  const fragment = document.createDocumentFragment()
  fragment.append(...renderBlocks(parseMarkdown(markdown), context))
  return fragment
}

function renderBlocks(blocks: readonly Block[], context: MarkdownContext): readonly Node[] {
  return blocks.map((block) => renderBlock(block, context))
}

function renderBlock(block: Block, context: MarkdownContext): Node {
  switch (block.kind) {
    case 'paragraph':
      return createElement('p', {}, renderInlines(block.children, context))
    case 'heading':
      // The page's own headings go down to h2.
      return createElement(toHeadingTag(block.level), {}, renderInlines(block.children, context))
    case 'fence':
      return renderCode(block.text, block.language === '' ? 'Code' : `Code (${block.language})`)
    case 'table':
      return renderTable(block, context)
    case 'list':
      return renderList(block, context)
    case 'quote':
      return createElement('blockquote', {}, renderBlocks(block.children, context))
    case 'rule':
      return createElement('hr', {})
  }
}

function toHeadingTag(level: number): 'h3' | 'h4' | 'h5' | 'h6' {
  const tags = ['h3', 'h3', 'h4', 'h5'] as const
  return tags[level - 1] ?? 'h6'
}

/** Can be reached by the keyboard, because it may have to be scrolled. */
function renderCode(text: string, label: string): Node {
  return createElement('pre', { tabindex: '0', role: 'region', 'aria-label': label }, [createElement('code', {}, [text])])
}

/** In a frame of its own, because a wide table has to be scrolled. */
function renderTable({ head, rows }: Block & { readonly kind: 'table' }, context: MarkdownContext): Node {
  const toRow = (cells: (typeof rows)[number], tag: 'th' | 'td') =>
    createElement(
      'tr',
      {},
      cells.map((cell) => createElement(tag, {}, renderInlines(cell, context))),
    )
  const table = createElement('table', {}, [
    createElement('thead', {}, [toRow(head, 'th')]),
    createElement(
      'tbody',
      {},
      rows.map((row) => toRow(row, 'td')),
    ),
  ])
  return createElement('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Table' }, [table])
}

function renderList(block: Block & { readonly kind: 'list' }, context: MarkdownContext): Node {
  const items = block.items.map((item) => createElement('li', {}, renderBlocks(item, context)))
  if (!block.isOrdered) return createElement('ul', {}, items)
  return createElement('ol', block.first === 1 ? {} : { start: String(block.first) }, items)
}

function renderInlines(inlines: readonly Inline[], context: MarkdownContext): readonly Node[] {
  return inlines.flatMap((inline) => renderInline(inline, context))
}

function renderInline(inline: Inline, context: MarkdownContext): readonly Node[] {
  switch (inline.kind) {
    case 'text':
      return markSupport(inline, context.sentences, (text) => document.createTextNode(text))
    case 'code':
      return markSupport(inline, context.sentences, (text) => createElement('code', {}, [text]))
    case 'marker':
      return [renderMarker(inline, context.citations)]
    case 'strong':
      return [createElement('strong', {}, renderInlines(inline.children, context))]
    case 'emphasis':
      return [createElement('em', {}, renderInlines(inline.children, context))]
    case 'link': {
      const attributes = { href: inline.href, target: '_blank', rel: 'noopener noreferrer' }
      return [createElement('a', attributes, renderInlines(inline.children, context))]
    }
    case 'break':
      return [createElement('br', {})]
  }
}

function renderMarker({ n, text }: Inline & { readonly kind: 'marker' }, citations: readonly Citation[]): Node {
  const citation = citations.find((one) => one.n === n)
  if (citation === undefined) return document.createTextNode(text)
  const title = toPlaceTitle(citation)
  return createElement('a', { class: 'chip', href: `#source-${n}`, 'aria-label': `Source ${n}: ${title}`, title }, [String(n)])
}

type Piece = Inline & { readonly kind: 'text' | 'code' }

/** Cuts a piece at the ends of sentences and wraps what the books support weakly or not at all. */
function markSupport(piece: Piece, sentences: readonly AnswerSentence[], toNode: (text: string) => Node): readonly Node[] {
  const nodes: Node[] = []
  const pieceEnd = piece.start + piece.text.length
  let at = piece.start
  const takeTo = (end: number, support?: 'weak' | 'unsupported'): void => {
    if (end <= at) return
    const node = toNode(piece.text.slice(at - piece.start, end - piece.start))
    nodes.push(support === undefined ? node : createElement('span', { class: `support-${support}`, title: supportTitles[support] }, [node]))
    at = end
  }
  for (const { start, end, support } of sentences) {
    if (support === 'supported' || end <= at || start >= pieceEnd) continue
    takeTo(Math.min(start, pieceEnd))
    takeTo(Math.min(end, pieceEnd), support)
  }
  takeTo(pieceEnd)
  return nodes
}

const supportTitles = {
  weak: 'The cited passages support this only in part',
  unsupported: 'No passage of the books supports this',
} as const
