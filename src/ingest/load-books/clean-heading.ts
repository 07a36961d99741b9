import MarkdownIt, { type Token } from 'markdown-it'

const parser = new MarkdownIt({ html: true })
parser.validateLink = () => true
parser.normalizeLink = (url) => url
parser.normalizeLinkText = (url) => url

const maxRawLength = 2000
const maxTitleLength = 200
// {#id}, { .class }, {: .note key=value}: but not a Go template such as {{ .Names }}.
const attributes = /(?<!\{)\{:?\s*[#.][\w:.-]+(?:\s+[#.]?[\w:-]+(?:=(?:"[^"]*"|[^\s}]*))?)*\s*\}(?!\})/g
const shortcode = /\{%.*?%\}|\{\{[<%].*?[%>]\}\}/g

/** A heading's Markdown as the words that a reader sees: no tags, anchors, attributes, emphasis or ticks; links and pictures as their text. */
export function cleanHeading(raw: string): string {
  const [inline] = parser.parseInline(raw.slice(0, maxRawLength).replace(shortcode, ' ').replace(attributes, ' '), {})
  const title = toWords(inline?.children ?? [])
    .replace(/\s+/g, ' ')
    .trim()
  return title.length > maxTitleLength ? `${title.slice(0, maxTitleLength).trimEnd()}…` : title
}

function toWords(tokens: readonly Token[]): string {
  return tokens.map(toWord).join('')
}

function toWord(token: Token): string {
  if (token.type === 'image') return toWords(token.children ?? [])
  if (token.type === 'html_inline') return /^<[A-Z_-]+>$|^<br/.test(token.content) ? token.content.replace(/^<br.*/, ' ') : ''
  if (token.type === 'softbreak' || token.type === 'hardbreak') return ' '
  return token.content
}
