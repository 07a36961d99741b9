import MarkdownIt, { type MarkdownIt as Renderer } from 'markdown-it'
import type { Answer, Citation } from '../../core/types/answer.js'
import { listUnsupported, toAnswerFacts, toFootnotePlace } from './answer-facts.js'

const style = `body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.55 system-ui,sans-serif;color:#1b1f24;background:#fff}
pre,code{font:.9em/1.45 ui-monospace,monospace;background:#f3f4f6}pre{padding:.8rem;overflow:auto}
table{border-collapse:collapse}th,td{border:1px solid #c9ced6;padding:.3rem .6rem;text-align:left}
blockquote{margin:.4rem 0;padding-left:.8rem;border-left:3px solid #c9ced6;white-space:pre-wrap}
sup a{text-decoration:none}.facts,.notes{border-top:1px solid #c9ced6;margin-top:1.5rem;padding-top:.5rem}
@media(prefers-color-scheme:dark){body{color:#e4e7eb;background:#16191d}pre,code{background:#23272e}a{color:#8ab4f8}}`

/** The answer as one page: no script, no address to fetch from, and a policy in its head that forbids both. */
export function toHtml(answer: Answer): string {
  const { lines, knowledgeBaseTitle, knowledgeBase } = toAnswerFacts(answer)
  const title = escapeHtml(answer.question.replace(/\s+/g, ' ').trim())
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>`,
    `<body><h1>${title}</h1>`,
    createRenderer(answer.citations).render(answer.markdown).trim(),
    `<div class="facts">${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`,
    `<p>${escapeHtml(knowledgeBaseTitle)}</p>${toList(knowledgeBase)}`,
    toRemarks('Not found in the books:', listUnsupported(answer)),
    toRemarks(
      'Notices:',
      answer.notices.map(({ text }) => text),
    ),
    `</div>${toFootnotes(answer.citations)}</body></html>`,
    '',
  ].join('\n')
}

function toFootnotes(citations: readonly Citation[]): string {
  if (citations.length === 0) return ''
  const notes = citations.map(
    (citation) =>
      `<li id="note-${citation.n}" value="${citation.n}">${escapeHtml(toFootnotePlace(citation))} (<code>${escapeHtml(citation.file)}</code>)` +
      `<blockquote>${escapeHtml(citation.quote)}</blockquote></li>`,
  )
  return `<ol class="notes">${notes.join('\n')}</ol>`
}

function toRemarks(title: string, remarks: readonly string[]): string {
  return remarks.length === 0 ? '' : `<p>${escapeHtml(title)}</p>${toList(remarks)}`
}

function toList(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
}

function createRenderer(citations: readonly Citation[]): Renderer {
  const known = new Set(citations.map(({ n }) => n))
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  addLinks(markdown)
  markdown.renderer.rules.image = (tokens, index) => escapeHtml(tokens[index]?.content ?? '')
  markdown.inline.ruler.before('link', 'citation', (state, silent) => {
    const found = /^\[(\d{1,4})\](?!\()/.exec(state.src.slice(state.pos, state.pos + 8))
    const number = Number(found?.[1])
    if (found === null || !known.has(number)) return false
    if (!silent) state.push('citation', '', 0).content = String(number)
    state.pos += found[0].length
    return true
  })
  markdown.renderer.rules.citation = (tokens, index) => {
    const number = tokens[index]?.content ?? ''
    return `<sup><a href="#note-${number}">[${number}]</a></sup>`
  }
  return markdown
}

// Links lead to the web or nowhere: a path of the book, or a script, is left as the words of the link.
function addLinks(markdown: Renderer): void {
  markdown.validateLink = () => true
  const open: boolean[] = []
  markdown.renderer.rules.link_open = (tokens, index) => {
    const url = String(tokens[index]?.attrGet('href') ?? '')
    const leadsOut = /^(?:https?:\/\/|mailto:)/i.test(url)
    open.push(leadsOut)
    return leadsOut ? `<a rel="noreferrer noopener" href="${escapeHtml(url)}">` : ''
  }
  markdown.renderer.rules.link_close = () => (open.pop() === true ? '</a>' : '')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
