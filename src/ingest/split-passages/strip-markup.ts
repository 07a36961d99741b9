import { findTagEnd, maxTagLength } from './find-tag-end.js'

const mark =
  /\\(?:newpage|pagebreak|clearpage|hfill)\b|\\[\s\S]|`+|<!--|<(?:script|style)\b|<\/?[A-Z][\w.]*|\{%|\{\{[<%]|(?<![{$%])\{:?[ \t]*[#.][^{}\n]{0,200}\}(?!\})/gi
const moduleLine = /^(?:import|export)[ \t][^\n]{0,300}[ \t]from[ \t]+['"][^'"\n]+['"];?[ \t]*$/gm
const contentsMark = /^\[+_?toc_?\]+[ \t]*$/gim
const attributes = /^\{:?[ \t]*[#.][\w:.-]+(?:[ \t]+[#.]?[\w:-]+(?:=(?:"[^"]*"|[^\s}]*))?)*[ \t]*\}$/

/**
 * Markdown without what no reader sees and no parser of Markdown knows: comments, shortcodes, scripts and styles, components of JSX,
 * page breaks, `{#id}` attributes. Code spans and what a backslash escapes stay as they are.
 */
export function stripMarkup(text: string): string {
  const plain = text.replace(moduleLine, '').replace(contentsMark, '')
  const missing = new Set<string>()
  const scanner = new RegExp(mark)
  let kept = ''
  let from = 0
  for (let match = scanner.exec(plain); match !== null; match = scanner.exec(plain)) {
    const { keepTo, dropTo } = judge(plain, { found: match[0], at: match.index, missing })
    kept += plain.slice(from, keepTo)
    from = dropTo
    scanner.lastIndex = Math.max(dropTo, match.index + 1)
  }
  return kept + plain.slice(from)
}

interface Mark {
  readonly found: string
  readonly at: number
  /** Closing marks that do not come any more. */
  readonly missing: Set<string>
}

/** Up to where the text is kept, and where it goes on; both behind the mark when the mark stays. */
interface Verdict {
  readonly keepTo: number
  readonly dropTo: number
}

function judge(text: string, { found, at, missing }: Mark): Verdict {
  const kept = (end: number): Verdict => ({ keepTo: end, dropTo: end })
  const dropped = (end: number | undefined): Verdict => (end === undefined ? kept(at + found.length) : { keepTo: at, dropTo: end })
  if (found.startsWith('\\')) return found.length === 2 ? kept(at + 2) : dropped(at + found.length)
  if (found.startsWith('`')) return kept(findCodeEnd(text, { found, at, missing }) ?? at + found.length)
  if (found === '<!--') return dropped(findAfter(text, '-->', { found, at, missing }))
  if (found === '{%') return dropped(findAfter(text, '%}', { found, at, missing }))
  if (found.startsWith('{{')) return dropped(findAfter(text, found === '{{<' ? '>}}' : '%}}', { found, at, missing }))
  if (found.startsWith('{')) return attributes.test(found) ? dropped(at + found.length) : kept(at + found.length)
  if (/^<(?:script|style)$/i.test(found)) return dropped(findAfter(text, `</${found.slice(1).toLowerCase()}>`, { found, at, missing }))
  return isComponent(text, { found, at, missing }) ? dropped(findTagEnd(text, at)) : kept(at + found.length)
}

function findAfter(text: string, closing: string, { found, at, missing }: Mark): number | undefined {
  const end = missing.has(closing) ? -1 : text.indexOf(closing, at + found.length)
  if (end >= 0) return end + closing.length
  missing.add(closing)
  return undefined
}

function findCodeEnd(text: string, { found, at, missing }: Mark): number | undefined {
  if (missing.has(found)) return undefined
  const ticks = /`+/g
  ticks.lastIndex = at + found.length
  for (let match = ticks.exec(text); match !== null; match = ticks.exec(text)) {
    if (match[0].length === found.length) return ticks.lastIndex
  }
  missing.add(found)
  return undefined
}

// `<Quiz …/>` is a component, `<CONTAINER>` and `<Name>` are places for the reader to fill in.
function isComponent(text: string, { found, at, missing }: Mark): boolean {
  const name = found.replace(/^<\/?/, '')
  if (!/^[A-Z]/.test(name) || !/[a-z]/.test(name)) return false
  if (found.startsWith('</')) return true
  const end = missing.has('>') ? undefined : findTagEnd(text, at)
  if (end === undefined) {
    if (text.length - at > maxTagLength) missing.add('>')
    return false
  }
  return /[={/]/.test(text.slice(at + found.length, end)) || text.includes(`</${name}>`, end)
}
