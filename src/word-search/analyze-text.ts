import stem from 'wink-porter2-stemmer'
import { stopWords } from './stop-words.js'

// Letters, digits and the signs that hold flags, paths, image names, ports and file names together.
const chunkPattern = /[\p{L}\p{N}_'./:@-]+/gu
const wordPattern = /[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu
const shortFlag = /^-[A-Za-z]{1,3}$/
const stems = new Map<string, string>()
const rememberedStems = 200_000

/**
 * The terms under which a text is found, in reading order, repeated as often as they stand there: Porter2 stems of its words
 * without stop words, and, beside its parts, every flag, path, file name, image name and upper-case instruction as a whole
 * (`--rm`, `-P`, `docker-compose.yml`, `EXPOSE`). Books and questions go through the same function.
 */
export function analyzeText(text: string): readonly string[] {
  const terms: string[] = []
  for (const [chunk] of text.normalize('NFKC').replaceAll('’', "'").matchAll(chunkPattern)) {
    addCodeTerms(trimPunctuation(chunk), terms)
    addWordTerms(chunk, terms)
  }
  return terms
}

/** Whether a term of `analyzeText` is a whole flag, path, name or instruction, not a stemmed word. */
export function isCodeTerm(term: string): boolean {
  return /[^\p{L}\p{N}']/u.test(term) || /^\p{Lu}{2,}$/u.test(term)
}

function addWordTerms(chunk: string, terms: string[]): void {
  for (const [word] of chunk.matchAll(wordPattern)) {
    const lower = word.toLowerCase()
    if (stopWords.has(lower)) continue
    // A lone letter tells nothing (it comes from `-p` or `a.b`), a lone digit may be a version.
    if (lower.length > 1 || /\p{N}/u.test(lower)) terms.push(toStem(lower))
  }
}

function addCodeTerms(chunk: string, terms: string[]): void {
  if (/^\p{Lu}{2,}$/u.test(chunk)) terms.push(chunk)
  else if (shortFlag.test(chunk)) addShortFlag(chunk, terms)
  else if (/^--?[\p{L}]/u.test(chunk) || /[\p{L}\p{N}][_./:@-]+[\p{L}\p{N}]/u.test(chunk) || /^\/[\p{L}]/u.test(chunk)) {
    terms.push(chunk.toLowerCase())
  }
}

// `-it` is asked for as `-i` or `-t` as often as whole. Case is kept: `-P` and `-p` differ.
function addShortFlag(flag: string, terms: string[]): void {
  terms.push(flag)
  if (flag.length > 2) for (const letter of flag.slice(1)) terms.push(`-${letter}`)
}

function trimPunctuation(chunk: string): string {
  return chunk.replace(/^[':@.]+(?=.)/u, '').replace(/[':@./-]+$/u, '')
}

function toStem(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  if (stems.size > rememberedStems) stems.clear()
  // The stemmer is quadratic in a word's length; a 10,000-letter "word" is no word. It takes 3 for a letter: "137" would be "1y7".
  const made = word.length > 40 || /\p{N}/u.test(word) ? word : stem(word.replace(/'s$/, ''))
  stems.set(word, made)
  return made
}
