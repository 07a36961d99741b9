const longestTitle = 120

/** A text as a conversation's title: one line without control characters, cut between words where it is long. */
export function toConversationTitle(text: string): string {
  const line = text
    .slice(0, longestTitle * 20)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  if (line.length <= longestTitle) return line
  const cut = line.slice(0, longestTitle - 1)
  const words = cut.replace(/\s+\S*$/, '')
  // A text without spaces is cut where it must be, but not through a character of two halves.
  return `${(words === '' ? cut : words).replace(/\p{Surrogate}$/u, '')}…`
}
