import MarkdownIt, { type Token } from 'markdown-it'
import { cleanHeading } from './clean-heading.js'
import { recoverFences } from './recover-fence.js'

/** A heading at the top level of a file; lines are counted from 0, `endLine` is the one after the heading. */
export interface Heading {
  readonly level: number
  readonly title: string
  readonly startLine: number
  readonly endLine: number
}

const parser = new MarkdownIt({ html: true })
parser.core.ruler.enableOnly(['normalize', 'block'])
recoverFences(parser)

// A paragraph right above a `---` is a heading to CommonMark; in slides and plain prose the line is a separator.
const maxUnderlinedLength = 120

/** The headings of a Markdown text in order. Those inside quotes, lists, code and HTML are none, nor are those without a word. */
export function findHeadings(text: string): readonly Heading[] {
  const tokens = parser.parse(text, {})
  return tokens.flatMap((token, at) => {
    const content = tokens[at + 1]?.content ?? ''
    if (token.type !== 'heading_open' || token.level !== 0 || token.map === null || isSeparated(token, content)) return []
    const title = cleanHeading(content)
    if (title === '') return []
    return [{ level: Number(token.tag.slice(1)), title, startLine: token.map[0], endLine: token.map[1] }]
  })
}

function isSeparated({ markup }: Token, content: string): boolean {
  if (markup !== '-') return false
  return (
    content.includes('\n') || content.length > maxUnderlinedLength || /[.:;,!]$/.test(content) || /^(?:\\newpage|\{[%{<])/.test(content)
  )
}
