/** Characters of one turn that can be found again. */
const longestSearched = 20_000
const mostWords = 8

/** Text as it is searched: the same for "Café" and "CAFÉ". Folded here, because databases fold letters in different ways. */
export function toSearchText(...texts: readonly string[]): string {
  return fold(texts.join('\n')).slice(0, longestSearched)
}

/** The words of a search as `like` patterns, each of them anywhere in the text; `\` takes the meaning from `%` and `_`. */
export function toPatterns(search: string): readonly string[] {
  const words = fold(search)
    .split(/\s+/)
    .filter((word) => word !== '')
  return words.slice(0, mostWords).map((word) => `%${word.slice(0, 200).replace(/[\\%_]/g, '\\$&')}%`)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
