import { hasAntecedent } from './has-antecedent.js'
import { hasOwnTopic } from './own-topic.js'

/**
 * What a question leaves to the turns before it. `asking`: nothing but a question word. `fragment`: no sentence of its own ("on
 * Windows"). `pronoun`: the word from `start` to `end` stands for something said before. `pointer`: the question as a whole does.
 */
export type Reference =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'fragment'; readonly text: string }
  | { readonly kind: 'pronoun'; readonly word: string; readonly start: number; readonly end: number }
  | { readonly kind: 'pointer' }

/** A fragment has at most so many words; with more, people write sentences. */
const longestFragment = 6
/** Longer texts are pasted logs and tales that tell what they are about. */
const longestFollowUp = 400

const lead = /^(?:(?:and|but|so|or|ok|okay|then|also|now|well|thanks|thank you|great)[,.!]?\s+)+/i
const onlyAsking =
  /^(?:why(?: not| so| is that)?|how(?: so| come| exactly)?|when|where|since when|what else|what then|anything else|for example|such as|like what|(?:(?:(?:can|could|would) you )?(?:please )?(?:give|show) (?:me )?)?an example|(?:tell me )?more|more details?|go on|are you sure|is that (?:all|so|true))(?: please)?[\s?.!]*$/i
const about = /^(?:what|how) about\s+(?<rest>\S.*?)[\s?.!]*$/i
const beginsInTheMiddle =
  /^(?:on|in|for|with|without|from|via|by|as|at|under|inside|using|between|to|of|after|before|during|behind)\s[^,]+$/i
const asks =
  /^(?:what|how|why|when|where|which|who|whom|whose|is|are|was|were|am|do|does|did|can|could|should|shall|will|would|may|might|must|has|have|had|explain|describe|define|compare|list|show|tell|give|name)\b|^(?:what|how|where|who|when)'?s\b|^\w+n't\b/i
const addsToIt = /^(?:only|just|same|please|not|yes|no|i (?:want|need|mean|meant|would|only))\b/i
const pointing = /\b(?:instead(?! of\b)|otherwise|that way|the (?:other|former|latter) one|the others)\b/i

/** Whether, and by which words, a question leans on what was said before. When in doubt it does not. */
export function findReference(question: string): Reference {
  const text = question.trim()
  if (text.length > longestFollowUp) return { kind: 'none' }
  const bare = withoutLead(text)
  const end = bare.replace(/[\s?.!]+$/, '')
  const isShort = end.split(/\s+/).length <= longestFragment
  if (onlyAsking.test(bare)) return { kind: 'asking' }
  const rest = about.exec(bare)?.groups?.rest
  if (rest !== undefined) return { kind: 'fragment', text: rest }
  if (isShort && beginsInTheMiddle.test(end)) return { kind: 'fragment', text: end }
  const pronoun = findPronoun(text)
  if (pronoun !== undefined) return pronoun
  if (pointing.test(text) && !hasAntecedent(text.slice(0, text.search(pointing)))) return { kind: 'pointer' }
  if (asks.test(bare)) return { kind: 'none' }
  if (isShort && bare !== text) return { kind: 'fragment', text: end }
  return addsToIt.test(bare) && !hasOwnTopic(bare) ? { kind: 'pointer' } : { kind: 'none' }
}

/** Without the words that only tie it to what came before: "and", "so", "but then". */
export function withoutLead(question: string): string {
  return question.replace(lead, '')
}

const pronouns = /\b(?:it|its|it's|itself|they|them|their|theirs|they're|this|that|these|those|that's|one|ones|there)\b/gi

function findPronoun(text: string): Reference | undefined {
  for (const match of text.matchAll(pronouns)) {
    const [word] = match
    const start = match.index
    const end = start + word.length
    const around = { before: text.slice(0, start), after: text.slice(end) }
    if (!refersBack(word.toLowerCase(), around)) continue
    // "The same one" is never something that the question itself brings up.
    if (/\bsame\s+$/i.test(around.before) || !hasAntecedent(around.before)) return { kind: 'pronoun', word, start, end }
  }
  return undefined
}

interface Around {
  readonly before: string
  readonly after: string
}

function refersBack(word: string, { before, after }: Around): boolean {
  switch (word) {
    case 'this':
    case 'that':
    case "that's":
    case 'these':
    case 'those':
      return afterVerb.test(before) && noNoun.test(after)
    case 'one':
    case 'ones':
      return chosenOne.test(before) && noNoun.test(after)
    case 'there':
      return !/^\s*(?:is|are|was|were|an?y?|be|has|have|exists?)\b/i.test(after) && !/\b(?:is|are|was|were|can|will|be)\s+$/i.test(before)
    case 'it':
    case "it's":
      return !isEmptyIt({ before, after })
    default:
      return true
  }
}

/** What stands before "that" where it is a thing of its own, and not the beginning of a clause ("an image that runs"). */
const afterVerb =
  /(?:^|\b(?:is|are|was|were|do|does|did|can|could|will|would|should|may|might|must|doing|undo|avoid|prevent|fix|check|change|see|write|use|run|stop|set|make|get|put|keep|find|like|of|about|with|for|from|to|in|on|by|after|before|without|than|why|how|when|if|and|but|so)\s+)$/i
/** What stands behind "that" or "one" where no noun follows it. */
const noNoun =
  /^\s*(?:$|[?.!,;:)])|^\s+(?:is|are|was|were|do|does|did|can|could|will|would|should|may|might|must|has|have|had|not|means?|works?|happens?|takes?|costs?|makes?|needs?|deletes?|removes?|affects?|changes?|breaks?|also|really|still|safe|possible|necessary|enough|in|on|to|for|from|with|by|at|up|down|off|out|back|into|instead|again|too|either|then|now|first|next|as|or|and|but|if|when|without)\b/i
const chosenOne =
  /\b(?:the|same|new|old|other|another|which|this|that|first|second|last|right|wrong|different|existing|each|every|my|own)\s+$/i

/** "Is it possible to", "what does it mean that", "how long does it take until": such an "it" stands for nothing. */
function isEmptyIt({ before, after }: Around): boolean {
  if (
    /^(?:'s|\s+(?:is|be|really|ever|still|always|even|also|a|an|the|not))*\s+(?:possible|safe|ok|okay|better|best|good|bad|necessary|worth|dangerous|recommended|enough|needed|required|wise|common|normal|allowed|easy|hard|difficult|important|idea|practice)\b.*\b(?:to|that|if|when)\b/i.test(
      after,
    )
  )
    return true
  const verb = /^\s+(?:\w+\s+)?(?:mean|take|matter|make sense|cost|happen)\b.*\b(?:to|that|if|when|whether|before|until|for)\b/i
  return /\b(?:does|did|would|will|can)\s+$/i.test(before) && verb.test(after)
}
