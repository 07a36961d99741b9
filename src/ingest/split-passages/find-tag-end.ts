// Components of quizzes hold their questions in their attributes; nothing longer than this was a tag in any book seen.
export const maxTagLength = 20_000

/**
 * Where the tag that begins at `start` ends (one past its `>`), or undefined when it does not. Braces and quotes may hold `>`, as
 * in the components of JSX.
 */
export function findTagEnd(text: string, start: number): number | undefined {
  const limit = Math.min(text.length, start + maxTagLength)
  let depth = 0
  let quote = ''
  for (let at = start + 1; at < limit; at++) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === '\\') at += 1
      else if (character === quote) quote = ''
      continue
    }
    if (character === '"' || (character === "'" && isOpeningQuote(text, at)) || (character === '`' && depth > 0)) quote = character
    else if (character === '{') depth += 1
    else if (character === '}') depth -= 1
    else if (depth <= 0 && character === '>') return at + 1
    else if (depth <= 0 && character === '<') return undefined
  }
  return undefined
}

// An apostrophe in a word opens nothing.
function isOpeningQuote(text: string, at: number): boolean {
  return !/\w/.test(text[at - 1] ?? '')
}
