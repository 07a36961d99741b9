import { parser } from './markdown-parser.js'

const elements = new Set(
  (
    'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col ' +
    'colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 ' +
    'h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark menu meta nav nobr noscript object ol option p ' +
    'param picture pre progress q rp rt ruby s samp section select small source span strike strong sub summary sup svg path g table tbody ' +
    'td template textarea tfoot th thead time title tr track tt u ul var video wbr'
  ).split(' '),
)

// A comment that never ends is no comment: only its mark goes, or the rest of the page would be lost.
const tag = /<!--[\s\S]*?-->|<!--|<\/?([a-z][\w:-]*)(?:\s[^<>]{0,4000})?\/?>/gi
const lineEnders =
  /^(?:br|p|div|li|tr|h\d|ul|ol|dl|dt|dd|table|thead|tbody|summary|details|pre|blockquote|section|figure|figcaption|caption)$/

/** The words of a piece of HTML: rows and paragraphs on lines of their own, cells with ` | ` between them. Unknown tags such as `<image>` stay. */
export function toHtmlWords(html: string): string {
  const words = html.replace(/<\/t[dh]>\s*(?=<t[dh][\s>])/gi, ' | ').replace(tag, (match, name?: string) => toTagWords(match, name))
  return decodeEntities(words)
    .split('\n')
    .map((line) => line.replace(/[ \t\r]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** What is left of one tag within a line. */
export function toTagWords(match: string, name = /^<\/?([a-z][\w:-]*)/i.exec(match)?.[1]): string {
  const element = name?.toLowerCase()
  if (element === undefined) return ''
  if (!elements.has(element)) return match
  if (element === 'img')
    return (
      /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i
        .exec(match)
        ?.slice(1)
        .find((alt) => alt) ?? ''
    )
  if (element === 'li' && !match.startsWith('</')) return '\n- '
  return lineEnders.test(element) ? '\n' : ''
}

function decodeEntities(text: string): string {
  return text.replace(/&#?\w{1,32};/g, (entity) => parser.utils.unescapeAll(entity))
}
