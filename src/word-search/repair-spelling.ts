import { analyzeText } from './analyze-text.js'

/** Shorter words have too many neighbours; another letter in place of one says "typing mistake" in long words only. */
const shortestWord = 5
const longestWord = 25
const shortestForOtherLetter = 7
const letters = 'abcdefghijklmnopqrstuvwxyz'

/**
 * The word that a lower-case word was most likely meant to be, when its own stem is unknown: one letter left out, doubled, swapped with
 * its neighbour or (in longer words) mistyped, the first letter being right. Among several that are known the one of most passages;
 * undefined when there is none, and for words with anything but the letters a to z.
 */
export function repairSpelling(word: string, countPassages: (term: string) => number): string | undefined {
  if (word.length < shortestWord || word.length > longestWord || !/^[a-z]+$/.test(word)) return undefined
  let best: { readonly word: string; readonly passages: number } | undefined
  for (const candidate of listSlips(word)) {
    const [term = ''] = analyzeText(candidate)
    const passages = countPassages(term)
    if (passages > (best?.passages ?? 0)) best = { word: candidate, passages }
  }
  return best?.word
}

/** All words from which one slip of the keyboard makes this one. */
function listSlips(word: string): ReadonlySet<string> {
  const slips = new Set<string>()
  for (let place = 1; place <= word.length; place++) {
    const [before, after] = [word.slice(0, place), word.slice(place)]
    for (const letter of letters) {
      slips.add(before + letter + after)
      if (word.length >= shortestForOtherLetter) slips.add(before + letter + after.slice(1))
    }
    slips.add(before + after.slice(1))
    if (after.length > 1) slips.add(before + after[1] + after[0] + after.slice(2))
  }
  slips.delete(word)
  return slips
}
