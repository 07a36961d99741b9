/** What sort of answer a question wants. */
export type QuestionKind =
  | { readonly kind: 'definition'; readonly subject: string }
  | { readonly kind: 'comparison'; readonly left: string; readonly right: string }
  | { readonly kind: 'flag'; readonly flags: readonly string[] }
  | { readonly kind: 'how-to' }
  | { readonly kind: 'trouble' }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'other' }

const comparisons: readonly RegExp[] = [
  /\bdifferen(?:ce|ces|t)\s+between\s+(?<left>.+?)\s+(?:and|or|vs\.?|versus)\s+(?<right>.+)/i,
  /\bhow\s+(?:is|are|does|do)\s+(?<left>.+?)\s+(?:different|differ|differs|distinct)\s+(?:from|to|than)\s+(?<right>.+)/i,
  /\bcompar(?:e|ing|ison\s+of)\s+(?<left>.+?)\s+(?:and|with|to|against|vs\.?|versus)\s+(?<right>.+)/i,
  /(?<left>\S.*?)\s+(?:vs\.?|versus|against|compared\s+(?:to|with)|rather\s+than|instead\s+of)\s+(?<right>\S.+)/i,
  /^(?:is|are|isn't|aren't)\s+(?<left>.+?)\s+(?:not\s+)?(?:just\s+|really\s+)?the\s+same(?:\s+thing)?\s+as\s+(?<right>.+)/i,
]
// "or" sets two things against each other only where a choice is asked for.
const choice = /\b(?:which|should\s+i\s+use|better|prefer|choose)\b.*?(?<left>\S+)\s+or\s+(?<right>\S.+)/i
const definition =
  /^(?:so\s+|and\s+)?(?:what(?:'s|\s+is|\s+are|\s+does|\s+do)|define|explain|describe)\s+(?:an?\s+|the\s+)?(?<subject>.+?)(?:\s+(?:mean|do|stand\s+for))?[?.!\s]*$/i
const flagged = /(?<![\w-])-{1,2}[A-Za-z][\w-]*/g
const purpose = /\b(?:what|which|why|when|explain|describe|mean|meaning|does|option|flag|switch|parameter)\b/i
const howTo =
  /\bhow\s+(?:do|can|could|should|would|to|does)\b|\bwhat\s+command\b|\bwhich\s+command\b|\bcommand\s+(?:to|for)\b|\bshow\s+me\b/i
const trouble =
  /\berror\b|\bwarn(?:ing)?\b|\bfatal\b|\bpanic\b|\bcrash(?:es|ed|ing)?\b|\bbroken\b|\binvalid\b|\bconflict\b|\bfail(?:s|ed|ing)?\b|\bcannot\b|\bcan't\b|\bcould not\b|\bdenied\b|\brefused\b|\bnot found\b|\bno such\b|\bunable\b|\bwhy\b.*\bnot\b|\bwon't\b|\bdoesn't\b/i
const yesNo = /^(?:so\s+|and\s+|but\s+)?(?:can|could|is|are|isn't|aren't|do|does|doesn't|don't|will|would|has|have|should|may|must)\b/i

/** The first kind that the question's wording fits, the more telling ones first. */
export function toQuestionKind(question: string): QuestionKind {
  const text = question.replaceAll('’', "'").trim()
  for (const pattern of [...comparisons, choice]) {
    const found = pattern.exec(text)?.groups
    if (found !== undefined) return { kind: 'comparison', left: toSide(found.left), right: toSide(found.right) }
  }
  const flags = [...new Set([...text.matchAll(flagged)].map(([flag]) => flag))]
  if (howTo.test(text)) return flags.length > 0 && /\bdoes\b/i.test(text) ? { kind: 'flag', flags } : { kind: 'how-to' }
  if (flags.length > 0 && (purpose.test(text) || text.split(/\s+/).length <= flags.length + 4)) return { kind: 'flag', flags }
  if (trouble.test(text)) return { kind: 'trouble' }
  const subject = definition.exec(text)?.groups?.subject
  if (subject !== undefined) return { kind: 'definition', subject }
  return yesNo.test(text) ? { kind: 'yes-no' } : { kind: 'other' }
}

// "docker logs for looking at output?" sets docker logs against the other.
function toSide(phrase = ''): string {
  const end = /[?!,;:]|\s[-–—]\s|\s(?:for|when|which|what|how|where|if|to|in\s+(?:docker|compose|practice|general))\b/i.exec(phrase)?.index
  return phrase.slice(0, end).trim()
}
