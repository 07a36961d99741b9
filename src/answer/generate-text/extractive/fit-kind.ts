import { analyzeText, isCodeTerm } from '../../../word-search/analyze-text.js'
import type { QuotableUnit } from '../../quotable-units/split-units.js'
import type { QuestionKind } from './question-kind.js'

interface Candidate {
  readonly unit: QuotableUnit
  readonly terms: ReadonlySet<string>
}

/** What a unit gains by having the form that this kind of question wants; chosen on the tuning half of the golden questions. */
const gains = {
  definition: 0.9,
  contrast: 0.45,
  bothSides: 0.25,
  flagFirst: 0.8,
  flagWithin: 0.3,
  command: 0.36,
  lead: 0.18,
  cure: 0.2,
  verdict: 0.05,
  sample: 0.25,
} as const

/** 0 or more: how far the unit's form answers the kind of question. */
export function fitKind({ unit, terms }: Candidate, kind: QuestionKind): number {
  switch (kind.kind) {
    case 'definition':
      return isDefinition(unit.text, kind.subject) ? gains.definition : 0
    case 'comparison':
      return (
        ((mentions(terms, kind.left) + mentions(terms, kind.right)) / 2) * (contrast.test(unit.text) ? gains.contrast : gains.bothSides)
      )
    case 'flag':
      return fitFlags(unit.text, kind.flags)
    case 'how-to':
      return unit.kind === 'code' ? gains.command : /:\s*$/.test(unit.text) ? gains.lead : 0
    case 'trouble':
      return cure.test(unit.text) ? gains.cure : 0
    case 'yes-no':
      return verdict.test(unit.text) ? gains.verdict : unit.kind === 'code' ? gains.sample : 0
    case 'other':
      return unit.kind === 'code' ? gains.sample : 0
  }
}

const contrast = /\b(?:whereas|while|but|unlike|against|instead|rather than|differs?|difference|on the other hand|in contrast)\b/i
const cure = /\b(?:because|means|cause[sd]?|fix|cure|remedy|solve[sd]?|instead|run|start|check)\b/i
const verdict = /\b(?:yes|no|can|cannot|never|always|only|must|need|unless|possible|does not|is not|are not|do not)\b/i

function fitFlags(text: string, flags: readonly string[]): number {
  const plain = withoutMarks(text)
  const held = flags.filter((flag) => holdsFlag(plain, flag))
  if (held.length === 0) return 0
  const isAbout = held.some((flag) => holdsFlag(plain.slice(0, flag.length + headOfRow), flag))
  return (isAbout ? gains.flagFirst : gains.flagWithin) * (held.length / flags.length)
}

/** A flag stands first behind its command or its other spelling: "`docker run -d`, `--detach`". */
const headOfRow = 24

/** Whether the flag stands in the text as a word of its own: `--rm` is not in `--rmi`. */
export function holdsFlag(text: string, flag: string): boolean {
  return new RegExp(`(?<![\\w-])${escapePattern(flag)}(?![\\w-])`).test(text)
}

/** "An image is …" for a word; for a flag or an instruction any sentence that begins with it. In a Docker book an image is a Docker image. */
function isDefinition(text: string, subject: string): boolean {
  const words = subject
    .replace(/[*_`?]/g, '')
    .trim()
    .split(/\s+/)
  const pattern = words
    .map((word) => (/^docker$/i.test(word) && words.length > 1 ? '(?:docker\\s+)?' : `${escapePattern(word)}\\s*`))
    .join('')
  const isLiteral = words.every(isCodeTerm)
  // "Docker Compose is" says what Compose is, not what Docker is.
  const near = words.length === 1 && /^docker$/i.test(words[0] ?? '') ? '\\b(?:is|means)\\b' : undefined
  const rest = isLiteral ? '' : (near ?? '(?<=\\w)s?\\b[^.]{0,40}?\\b(?:is|are|means|refers|describes|stands)\\b')
  return new RegExp(`^(?:an?\\s+|the\\s+)?${pattern}${rest}`, isLiteral ? '' : 'i').test(withoutMarks(text))
}

function withoutMarks(text: string): string {
  return text.replace(/<[^<>]*>|[*_`]/g, '').replace(/^\s*(?:[-+]\s|\d+[.)])\s*/, '')
}

/** 1 when all words of the phrase are among the terms, else their share. In a Docker book a client is a Docker client. */
export function mentions(terms: ReadonlySet<string>, phrase: string): number {
  const words = [...new Set(analyzeText(phrase))].filter((term) => !isCodeTerm(term))
  const telling = words.filter((term) => term !== subjectOfAll)
  const wanted = telling.length > 0 ? telling : words
  return wanted.length === 0 ? 0 : wanted.filter((term) => terms.has(term)).length / wanted.length
}

/** Every book here is about it: a sentence on images need not say that they are Docker's. */
export const subjectOfAll = 'docker'

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
