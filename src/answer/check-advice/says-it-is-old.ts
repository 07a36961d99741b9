import { type QuotableUnit, splitStatements } from '../quotable-units/split-units.js'

/** Words that call a thing old, removed or replaced. Old images and old data are things to clean up, and "today" a book of 2015 says too. */
const callsOld =
  /\b(?:old(?:er|est)?(?:-style)?\b(?! +(?:\w+ +)?(?:images?|containers?|volumes?|networks?|layers?|data|logs?|one)\b)|deprecat\w+|obsolete|legacy|no longer|formerly|outdated|retired|(?:was|were|is|are|been) (?:replaced|superseded|dropped|discontinued)\b|replaced by|(?:has|have) (?:both |all )?been removed|(?:removed|dropped|gone) (?:from|in|since|with) (?:Docker|Engine|Compose|Kubernetes|BuildKit|version|v?\d)|no effect|without (?:effect|support)|unsupported|with a warning|any ?more|not recommended|end of (?:life|support)|before 20[12]\d)\b/i
/** Words that turn away from what comes next. */
const turnsAway =
  /\b(?:instead of|in place of|rather than|avoid|do not use|don't use|never use|(?:removed|dropped|replaced|replaces)(?: the)?)\b([^,.;]{0,60})/gi
const callsTextsOld =
  /\bold(?:er|est)? (?:\w+ )?(?:books?|texts?|guides?|articles?|forms?|ways?|ones?)\b|\bold(?:er|est)? (?:way|form|builder)\b/i
const goesOn = /^(?:it|this|that|these|those|they|both|such|which|the flag|the command|the option|the instruction|note)\b/i
const deniesExistence =
  /\b(?:there (?:is|are) no|has no|have no|does(?:n't| not) exist|do(?:n't| not) exist|no such|not a (?:valid |real |known )?(?:docker |compose )?(?:command|flag|option|instruction|key)|unknown|invalid|misspel\w+|mistyp\w+|typos?)\b/i

/** A text cut into what it says, so that a word can be read with what stands around it. */
export class Surroundings {
  readonly #units: readonly QuotableUnit[]
  readonly #text: string
  readonly #heading: string

  /** `heading` is that of the section, for a text that does not begin with its own. */
  constructor(text: string, heading = '') {
    this.#text = text
    this.#units = splitStatements(text)
    this.#heading = heading
  }

  /** Whether the text itself says, around this place, that what stands there is old. `words` are those found there. */
  saysOld(start: number, words: string): boolean {
    const at = this.#findUnit(start)
    const unit = this.#units[at]
    if (callsTextsOld.test(this.#headingBefore(start))) return true
    if (unit === undefined) return false
    const [before, after] = [this.#units[at - 1], this.#units[at + 1]]
    if (unit.kind === 'code')
      return [before, after].some((one) => one !== undefined && this.#isAbout(one, words)) || callsOld.test(toComments(unit.text))
    if (callsOld.test(unit.text) || turnsFrom(unit.text, words)) return true
    if (unit.kind === 'table') return this.#saysTableOld(at, unit)
    const isNext = (one: QuotableUnit | undefined) => one !== undefined && one.block === unit.block
    return (isNext(after) && this.#isAbout(after, words)) || (isNext(before) && callsTextsOld.test(before?.text ?? ''))
  }

  /** What is said at this place, without the markers of citations. */
  statementAt(start: number): string {
    return (this.#units[this.#findUnit(start)]?.text ?? '').replace(/\s*\[\d{1,3}\]/g, '')
  }

  /** Whether the sentence at this place says that there is no such thing. */
  saysMissing(start: number): boolean {
    return deniesExistence.test(this.#units[this.#findUnit(start)]?.text ?? '')
  }

  #isAbout(unit: QuotableUnit | undefined, words: string): boolean {
    if (unit === undefined || unit.kind === 'code') return false
    if (!callsOld.test(unit.text)) return turnsFrom(unit.text, words)
    return callsTextsOld.test(unit.text) || goesOn.test(unit.text) || listNames(words).some((name) => unit.text.includes(name))
  }

  // The head of a table tells which column is the old one.
  #saysTableOld(at: number, unit: QuotableUnit): boolean {
    const first = this.#units.findIndex(({ block }) => block === unit.block)
    const lead = this.#units[first - 1]
    return callsOld.test(this.#units[first]?.text ?? '') || (at >= first && lead !== undefined && callsTextsOld.test(lead.text))
  }

  #findUnit(start: number): number {
    return this.#units.findIndex((unit) => unit.start <= start && start < unit.end)
  }

  #headingBefore(start: number): string {
    return (
      this.#text
        .slice(0, start + 1)
        .match(/^#{1,6} .*$/gm)
        ?.at(-1) ?? this.#heading
    )
  }
}

function turnsFrom(text: string, words: string): boolean {
  const names = listNames(words)
  return [...text.matchAll(turnsAway)].some(([, next = '']) => names.some((name) => next.includes(name)))
}

// `docker run` stands in nearly every sentence; what is old is said by the other words.
function listNames(words: string): readonly string[] {
  return (words.match(/--?[\w-]+|[\w./-]{3,}/g) ?? []).filter((name) => !/^(?:docker|run|image|container)$/.test(name))
}

function toComments(code: string): string {
  return (code.match(/#.*$/gm) ?? []).join('\n')
}
