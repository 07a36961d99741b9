/** From this many lines on a question is taken for a pasted log. */
const pastedLines = 6
/** Error lines looked at, and the words of a question around the log. */
const mostLines = 4

/** Characters of a line that tell what it is: looking through a line of 100,000 would take seconds. */
const judged = 500

const errorMark =
  /\b(?:errors?|fatal|failed|failure|denied|cannot|can't|could not|unable|refused|not found|no such|no space left|already in use|invalid|unknown|panic|exceptions?|exited|killed|timeout|timed out)\b|\bERR!|\w(?:Error|Exception)\b/i
const traceLine = /^\s*(?:at\s+\S+.*[(:]\d+|File ".*", line \d+|goroutine \d+|#\d+\s+0x|\.\.\. \d+ more)/

/**
 * What a pasted log or stack trace asks: the lines that name an error, the last ones first, and the lines that are a question of the
 * reader's own. Any other text comes back as it is.
 */
export function pickErrorLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < pastedLines) return text
  const errors = lines.filter((line) => errorMark.test(line.slice(0, judged)) && !traceLine.test(line.slice(0, judged)))
  if (errors.length === 0) return text
  const asked = lines.filter((line) => /\?\s*$/.test(line) && !errors.includes(line))
  return [...asked.slice(0, mostLines), ...new Set(errors.slice(-mostLines).reverse().map(trimLogLine))].join('\n')
}

// Time stamps, levels and service names before the message tell nothing and are rare words.
function trimLogLine(line: string): string {
  return line
    .replace(/^\s*(?:\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?|\[?\d\d:\d\d:\d\d[.,\d]*\]?)\s*/, '')
    .replace(/\b0x[0-9a-f]+\b|\b[0-9a-f]{12,}\b/gi, ' ')
}
