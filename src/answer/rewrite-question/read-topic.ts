import { stopWords } from '../../word-search/stop-words.js'
import { hasOwnTopic, isTopic } from './own-topic.js'

/** What a question was about, in its own words. */
export interface Topic {
  /** Without its question words: "create a named volume", "bind mounts so slow". */
  readonly matter: string
  /** What is to be done, for a question that asks how to do something. */
  readonly action?: string
  /** The thing itself: "a named volume". */
  readonly thing?: string
}

const actionLead =
  /^(?:(?:and|but|so|then)\s+)*(?:how|where|when|what|why|which \w+)?\s*(?:(?:do|can|could|should|would|must|may)\s+(?:i|we|you|one)|to)\s+(?<action>(?!not\b).+)$/is
const questionLead =
  /^(?:(?:and|but|so|then)\s+)*(?:(?:what|how|why|when|where|which|who|whose)(?:'s)?\b(?:\s+(?:much|many|long|often|far|kind of|sort of))?\s*)?(?:is|are|was|were|does|do|did|can|could|should|will|would|may|might|must|has|have|had|isn't|aren't|doesn't|don't|can't|won't)?\s*(?:(?:it|i|we|you)\s+)?/i
const emptyVerbs = /\s+(?:mean|means|do|does|show|work|works|stand for|say|exist|happen|look like|used for|good for)$/i
const determiners: ReadonlySet<string> = new Set([
  'a',
  'an',
  'the',
  'my',
  'your',
  'our',
  'their',
  'its',
  'each',
  'every',
  'all',
  'some',
  'any',
  'two',
  'several',
])

/** Of a question that stands alone. What an earlier rewriting put in brackets is its matter. */
export function readTopic(question: string): Topic {
  const text = question
    .replace(/\s+/g, ' ')
    .replace(/[?.!\s]+$/, '')
    .trim()
  const bracketed = /\((?<inner>[^()]{8,})\)$/.exec(text)?.groups?.inner
  if (bracketed !== undefined && !hasOwnTopic(text.slice(0, -bracketed.length - 2))) return readTopic(bracketed)
  const plain = text.replace(/\s*\([^()]*\)/g, '')
  const action = actionLead.exec(plain)?.groups?.action
  const matter = (action ?? plain.replace(questionLead, '')).replace(emptyVerbs, '').trim()
  const thing = findThing(matter, action !== undefined)
  return { matter, ...(action === undefined ? {} : { action: matter }), ...(thing === undefined ? {} : { thing }) }
}

/** The first thing named; of two that follow each other ("give a service a secret") the second is what it is about. */
function findThing(matter: string, skipsVerb: boolean): string | undefined {
  const words = matter.split(' ')
  let at = skipsVerb ? 1 : 0
  while (at < words.length) {
    const end = endOfThing(words, at)
    if (end === undefined) {
      at++
      continue
    }
    const next = isDeterminer(words[end]) ? endOfThing(words, end) : undefined
    const thing = next === undefined ? words.slice(at, withOf(words, end)) : words.slice(end, withOf(words, next))
    return thing.join(' ').replace(/[,;:.]+$/, '')
  }
  return undefined
}

/** Behind the last topic word of the run that begins at `at`; undefined when no thing begins there. */
function endOfThing(words: readonly string[], at: number): number | undefined {
  let end: number | undefined
  for (let next = at + (isDeterminer(words[at]) ? 1 : 0); next < words.length; next++) {
    const word = words[next] ?? ''
    if (stopWords.has(plain(word)) || isDeterminer(word)) break
    if (isTopic(word))
      end = next + (/^docker$/i.test(word) && /^[a-z]{2,}$/.test(words[next + 1] ?? '') && !stopWords.has(words[next + 1] ?? '') ? 2 : 1)
    if (/[,;:]$/.test(word)) break
  }
  return end
}

function withOf(words: readonly string[], end: number): number {
  if (words[end] !== 'of') return end
  return endOfThing(words, end + 1) ?? end
}

function isDeterminer(word: string | undefined): boolean {
  return word !== undefined && determiners.has(word.toLowerCase())
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}'-]/gu, '')
}
