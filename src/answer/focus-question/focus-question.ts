import { pickErrorLines } from './pick-error-lines.js'

/** A question of more characters is a pasted text: its beginning and its end are taken for the question. */
const longest = 2000

/**
 * What is searched for and put to the chat model: of a pasted log its error lines and the reader's own question; of any other long text
 * its beginning and its end, cut between words. A question of usual length comes back as it is.
 */
export function focusQuestion(text: string): string {
  const picked = pickErrorLines(text)
  if (picked.length <= longest) return picked
  const half = longest / 2
  return `${picked.slice(0, half).replace(/\S*$/, '')}… ${picked.slice(-half).replace(/^\S*/, '')}`
}
