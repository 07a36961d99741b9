import { findMarkers } from '../../answer/cite-sources/parse-markers.js'
import type { Answer, Citation } from '../../core/types/answer.js'
import { listUnsupported, toAnswerFacts, toFootnotePlace } from './answer-facts.js'

/** The answer as a Markdown file: markers become footnotes, HTML of a book or a model becomes text, images become links. */
export function toMarkdown(answer: Answer): string {
  const { lines, knowledgeBaseTitle, knowledgeBase } = toAnswerFacts(answer)
  const parts = [
    `# ${escapeLine(answer.question)}`,
    disarm(withFootnotes(answer)),
    ...lines.map(escapeLine),
    [knowledgeBaseTitle, '', ...knowledgeBase.map((name) => `- ${escapeLine(name)}`)].join('\n'),
    listRemarks('Not found in the books:', listUnsupported(answer)),
    listRemarks(
      'Notices:',
      answer.notices.map(({ text }) => text),
    ),
    ...answer.citations.map(toFootnote),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

// `[1]` becomes `[^1]`; brackets of a book, which are escaped, and code stay as they are.
function withFootnotes({ markdown, citations }: Answer): string {
  const known = new Set(citations.map(({ n }) => n))
  let text = ''
  let position = 0
  for (const { start, end, numbers } of findMarkers(markdown)) {
    const notes = numbers.filter((n) => known.has(n)).map((n) => `[^${n}]`)
    text += markdown.slice(position, start) + (notes.length === 0 ? markdown.slice(start, end) : notes.join(''))
    position = end
  }
  return text + markdown.slice(position)
}

function toFootnote(citation: Citation): string {
  const quote = disarm(citation.quote)
    .split(/\r\n|\r|\n/)
    .map((line) => `    > ${line}`.trimEnd())
  return [`[^${citation.n}]: ${escapeLine(toFootnotePlace(citation))} (\`${citation.file.replaceAll('`', "'")}\`)`, '', ...quote].join('\n')
}

function listRemarks(title: string, remarks: readonly string[]): string {
  return remarks.length === 0 ? '' : [title, '', ...remarks.map((remark) => `- ${disarm(remark.replace(/\s+/g, ' ').trim())}`)].join('\n')
}

/** One line of plain text: nothing in it is Markdown or HTML. */
function escapeLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>]|&(?=#?\w+;)/g, (mark) => `\\${mark}`)
}

const code = /(^ {0,3}(?<fence>`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\k<fence>[`~]*[ \t]*$|(?<!`)(?<ticks>`+)(?!`)[^\n]*?[^`]\k<ticks>(?!`))/gm

// Outside of code no tag stays a tag, and nothing is fetched by merely looking at the file.
function disarm(markdown: string): string {
  let text = ''
  let position = 0
  for (const found of markdown.matchAll(code)) {
    text += disarmProse(markdown.slice(position, found.index)) + found[0]
    position = found.index + found[0].length
  }
  return text + disarmProse(markdown.slice(position))
}

function disarmProse(text: string): string {
  return text.replace(/(?<!\\)<(?=[A-Za-z/!?])(?!https?:\/\/)/g, '\\<').replace(/(?<!\\)!\[/g, '\\![')
}
