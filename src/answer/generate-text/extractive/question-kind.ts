/** What sort of answer a question wants. */
export type QuestionKind =
  | { readonly kind: 'definition'; readonly subject: string }
  | { readonly kind: 'comparison'; readonly left: string; readonly right: string }
  | { readonly kind: 'how-to' }
  | { readonly kind: 'trouble' }
  | { readonly kind: 'other' }

const comparisons: readonly RegExp[] = [
  /\bdifferen(?:ce|ces|t)\s+between\s+(?<left>.+?)\s+(?:and|or|vs\.?|versus)\s+(?<right>.+)/i,
  /\bhow\s+(?:is|are|does|do)\s+(?<left>.+?)\s+(?:different|differ|differs|distinct)\s+(?:from|to|than)\s+(?<right>.+)/i,
  /\bcompar(?:e|ing|ison\s+of)\s+(?<left>.+?)\s+(?:and|with|to|against|vs\.?|versus)\s+(?<right>.+)/i,
  /(?<left>\S.*?)\s+(?:vs\.?|versus|against|compared\s+(?:to|with))\s+(?<right>\S.+)/i,
]
// "or" sets two things against each other only where a choice is asked for.
const choice = /\b(?:which|should\s+i\s+use|better|prefer|choose)\b.*?(?<left>\S+)\s+or\s+(?<right>\S.+)/i
const definition =
  /^(?:so\s+|and\s+)?(?:what(?:'s|\s+is|\s+are|\s+does|\s+do)|define|explain|describe)\s+(?:an?\s+|the\s+)?(?<subject>.+?)(?:\s+(?:mean|do|stand\s+for))?[?.!\s]*$/i
const howTo =
  /\bhow\s+(?:do|can|could|should|would|to|does)\b|\bwhat\s+command\b|\bwhich\s+command\b|\bcommand\s+(?:to|for)\b|\bshow\s+me\b/i
const trouble =
  /\berror\b|\bfail(?:s|ed|ing)?\b|\bcannot\b|\bcan't\b|\bcould not\b|\bdenied\b|\brefused\b|\bnot found\b|\bno such\b|\bunable\b|\bwhy\b.*\bnot\b|\bwon't\b|\bdoesn't\b/i

/** The first kind that the question's wording fits, the more telling ones first. */
export function toQuestionKind(question: string): QuestionKind {
  const text = question.replaceAll('’', "'").trim()
  for (const pattern of [...comparisons, choice]) {
    const found = pattern.exec(text)?.groups
    if (found !== undefined) return { kind: 'comparison', left: found.left ?? '', right: found.right ?? '' }
  }
  if (howTo.test(text)) return { kind: 'how-to' }
  if (trouble.test(text)) return { kind: 'trouble' }
  const subject = definition.exec(text)?.groups?.subject
  return subject === undefined ? { kind: 'other' } : { kind: 'definition', subject }
}
