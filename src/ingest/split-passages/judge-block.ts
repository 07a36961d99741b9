import { cleanText } from './clean-text.js'
import type { Block } from './scan-blocks.js'
import { stripMarkup } from './strip-markup.js'

const letterOrDigit = /[\p{L}\p{N}]/u
// Begins like a sentence: nothing else has to be looked at.
const plainStart = /^(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?!https?:|www\.|import[ \t]|export[ \t])[\p{L}\p{N}]/u

// Nobody writes a longer list of links; what is longer is kept unseen, for the patterns below take their time with brackets.
const maxLinkListLength = 50_000

/**
 * Whether a block tells the reader something by itself. Comments, shortcodes, pictures without a description, separators and lists of
 * nothing but links do not: alone they are no passage.
 */
export function isWorthReading(text: string, block: Block): boolean {
  if (block.kind === 'rule') return false
  const head = text.slice(block.start, Math.min(block.end, block.start + 200)).trimStart()
  if (block.kind !== 'fence' && plainStart.test(head)) return true
  const source = text.slice(block.start, block.end)
  if (block.kind === 'fence' || block.kind === 'code') return letterOrDigit.test(source.replace(/^[^\n]*\n?/, '')) || block.kind === 'code'
  return letterOrDigit.test(cleanText(source)) && (source.length > maxLinkListLength || letterOrDigit.test(withoutLinks(source)))
}

function withoutLinks(source: string): string {
  const plain = stripMarkup(source)
    .replace(/^[ \t]*\[[^\]\n]{1,200}\]:[ \t]*\S+.*$/gm, '')
    .replace(/\[!\[[^\]]{0,300}\]\([^)]{0,500}\)\]\([^)]{0,500}\)/g, '')
    .replace(/!\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replace(/\[[^\][]{0,300}\](?:\([^)]{0,500}\)|\[[^\]]{0,300}\])/g, '')
    .replace(/<a\b[^<>]{0,500}>[^<]{0,500}<\/a>/gi, '')
    .replace(/<?\b(?:https?:\/\/|www\.)[^\s<>]+>?/g, '')
  return cleanText(plain)
    .replace(/^[ \t]*\d{1,9}[.)][ \t]/gm, '')
    .replace(/^[ \t]*\d{1,9}[.)]$/gm, '')
}
