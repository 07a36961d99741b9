export interface ScoredDocument {
  readonly document: number
  readonly score: number
}

/**
 * The `count` highest of the scores above 0, best first; equal scores keep document order. The lowest score that still belongs to them is
 * looked for first, by quickselect: sorting every document that shares a word with the question took most of a search in a large library.
 */
export function pickBest(
  scores: Float64Array,
  { count, accepts }: { readonly count: number; readonly accepts?: (document: number) => boolean },
): readonly ScoredDocument[] {
  const documents = new Uint32Array(scores.length)
  const values = new Float64Array(scores.length)
  let found = 0
  for (let document = 0; document < scores.length; document++) {
    const score = scores[document] ?? 0
    if (score <= 0 || accepts?.(document) === false) continue
    documents[found] = document
    values[found++] = score
  }
  const lowest = found <= count ? 0 : selectNth(values.subarray(0, found).slice(), count)
  const best: ScoredDocument[] = []
  for (let place = 0; place < found; place++) {
    const score = values[place] ?? 0
    if (score >= lowest) best.push({ document: documents[place] ?? 0, score })
  }
  return best.sort((left, right) => right.score - left.score || left.document - right.document).slice(0, count)
}

/** The nth highest value (from 1); reorders the values. Hoare's quickselect with the middle value as pivot. */
function selectNth(values: Float64Array, nth: number): number {
  let low = 0
  let high = values.length - 1
  const wanted = nth - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0
    let left = low
    let right = high
    while (left <= right) {
      while ((values[left] ?? 0) > pivot) left++
      while ((values[right] ?? 0) < pivot) right--
      if (left > right) break
      const swapped = values[left] ?? 0
      values[left++] = values[right] ?? 0
      values[right--] = swapped
    }
    if (wanted <= right) high = right
    else if (wanted >= left) low = left
    else break
  }
  return values[wanted] ?? 0
}
