import { findReference, type Reference, withoutLead } from './find-reference.js'
import { readTopic, type Topic } from './read-topic.js'

/** Longer questions are pasted texts; what they were about stands at their beginning. */
const longestPrevious = 400

/**
 * A follow-up with the words put in that it left to the question before it, by rule: what a pronoun stands for, the rest of a sentence
 * that was only begun. `previous` stands alone. A question that needs nothing comes back as it is.
 */
export function rewriteByRule(question: string, previous: string): string {
  const reference = findReference(question)
  if (reference.kind === 'none') return question
  const said = previous.length > longestPrevious ? previous.slice(0, longestPrevious).replace(/\s+\S*$/, '') : previous
  return capitalize(withoutLead(rewrite(question.trim(), reference, said)))
}

function rewrite(question: string, reference: Reference, previous: string): string {
  switch (reference.kind) {
    case 'none':
      return question
    case 'asking':
    case 'pointer':
      return append(question, readTopic(previous).matter)
    case 'fragment':
      return completeFragment(reference.text, previous)
    case 'pronoun':
      return replacePronoun(question, reference, readTopic(previous))
  }
}

function replacePronoun(question: string, { word, start, end }: Extract<Reference, { kind: 'pronoun' }>, topic: Topic): string {
  const put = (text: string) => `${question.slice(0, start)}${text}${question.slice(end)}`
  const { thing, action, matter } = topic
  if (thing === undefined) return append(question, matter)
  switch (word.toLowerCase()) {
    case 'this':
    case 'that':
    case 'these':
    case 'those':
      // Behind "How do I …?" it is seldom the thing that is meant: "how do I undo that?"
      return action === undefined ? put(thing) : put(`${word} (${matter})`)
    case 'its':
    case 'their':
      return put(`${thing}${thing.endsWith('s') ? "'" : "'s"}`)
    case 'one':
    case 'ones':
      return put(thing.replace(/^(?:an?|the|my|your|our)\s+/i, ''))
    case 'it':
    case 'they':
    case 'them':
      return put(thing)
    default:
      return append(question, matter)
  }
}

/** Of one kind: the one takes the place of the other. */
const kinds: readonly RegExp[] = [
  /\b(?:linux|windows|mac ?os|mac|ubuntu|debian|fedora|centos|rhel|alpine|wsl2?|raspberry pi)\b/i,
  /\b(?:(?:an?|the|my|all) )*(?:(?:named|new|running|stopped|custom|private|local|base|bridge|overlay|user-defined) )*(?:images?|containers?|volumes?|networks?|services?|stacks?|nodes?|secrets?|configs?|registr(?:y|ies)|plugins?|contexts?)\b/i,
  /\b(?:tcp|udp|sctp)\b/i,
  /\b(?:swarm|kubernetes|compose|docker desktop|podman)\b/i,
]
const phrase = /^(?:on|in|for|with|without|from|via|by|as|at|under|inside|using|between|to|of|after|before|during|behind)\s+(?<rest>.*)$/i

/** "on Windows", "networks": in the place of its like in the question before, else behind it. */
function completeFragment(fragment: string, previous: string): string {
  const sentence = previous.replace(/[\s?.!]+$/, '')
  const rest = phrase.exec(fragment)?.groups?.rest
  const bare = rest ?? fragment
  const kind = kinds.find((one) => isWholly(bare, one) && one.test(sentence))
  if (kind !== undefined) return `${sentence.replace(kind, bare)}?`
  return rest === undefined ? `${sentence}: what about ${fragment}?` : `${sentence} ${fragment}?`
}

function isWholly(text: string, kind: RegExp): boolean {
  return text.replace(kind, '').trim() === ''
}

/** In brackets before the question mark, so that nobody takes it for words of the asker. */
function append(question: string, matter: string): string {
  const words = question.replace(/[\s?.!]+$/, '')
  return `${words} (${matter})${question.slice(words.length).trim()}`
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
