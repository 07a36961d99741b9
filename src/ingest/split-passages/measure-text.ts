import type { Range } from './scan-blocks.js'

// Words say little about code, addresses and padded tables; measured on English prose a word takes about six characters with its
// space, so that eight that are not blank count as one word at least.
const charactersPerWord = 8

/**
 * How much reading a slice of text is, in words. Characters of scripts that write no spaces count one each, code counts by its
 * length. Blanks count nothing.
 */
export function measureText(text: string, { start, end }: Range): number {
  let words = 0
  let visible = 0
  let ideographs = 0
  let isInWord = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const isBlank = code <= 0x20 || code === 0xa0
    if (!isBlank) {
      visible += 1
      if (!isInWord) words += 1
      if (code >= 0x2e80 && code < 0xfb00) ideographs += 1
    }
    isInWord = !isBlank
  }
  return Math.max(words + ideographs, Math.ceil(visible / charactersPerWord))
}
