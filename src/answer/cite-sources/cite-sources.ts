import type { GeneratedPiece } from '../../core/ports/text-generator.js'
import type { AnswerEvent, AnswerSentence, Citation } from '../../core/types/answer.js'
import type { RankedPassage } from '../../core/types/retrieval.js'
import { splitSentences } from '../quotable-units/split-sentences.js'
import { CitationList } from './citation-list.js'
import { CodeTracker, endsInsideCode } from './find-code.js'
import { type Claim, type JudgedPassage, judgeSupport, toClaim, toJudgedPassage } from './judge-support.js'
import { findCutMarker, openingBracket, readMarker } from './parse-markers.js'
import { type QuotedRange, reviewCitations } from './review-citations.js'

export interface CitedText {
  readonly markdown: string
  readonly sentences: readonly AnswerSentence[]
  readonly citations: readonly Citation[]
}

type CiteEvent = Extract<AnswerEvent, { kind: 'delta' | 'citation' }>

/** Of a longer one, the end is compared while it streams. */
const longestSentence = 600

/**
 * Turns generated pieces into cited text while they stream. The model's marker `[2]` names the second passage; the reader's marker
 * names an exact place, so a marker is replaced as soon as it is complete, and dropped when there is no such passage.
 * A quoted piece gets the marker of its place. `finish` checks every sentence against the passages; its text is the final one.
 */
export class SourceCiter {
  readonly #passages: readonly RankedPassage[]
  /** Made when the first marker asks for them: reading the passages takes longer than a first token may wait. */
  #judgedPassages: readonly JudgedPassage[] | undefined
  readonly #list: CitationList
  readonly #rarity: (term: string) => number
  readonly #quoted: QuotedRange[] = []
  readonly #code = new CodeTracker()
  #written = ''
  #waiting = ''
  /** White space before a marker that was dropped: the next one takes it when it follows at once. */
  #lostGap = ''

  /** `rarity` weighs a term: the rarer in the library, the more it tells. Passages in prompt order. */
  constructor(passages: readonly RankedPassage[], rarity: (term: string) => number) {
    this.#passages = passages
    this.#list = new CitationList(passages)
    this.#rarity = rarity
  }

  get #judged(): readonly JudgedPassage[] {
    this.#judgedPassages ??= this.#passages.map(({ passage }) => toJudgedPassage(passage))
    return this.#judgedPassages
  }

  push(piece: GeneratedPiece): readonly CiteEvent[] {
    switch (piece.kind) {
      case 'text':
        this.#waiting += piece.text
        return this.#drain(false)
      case 'quoted':
        return [...this.#drain(true), ...this.#quote(piece)]
      case 'end':
        this.#dropCutMarker()
        return this.#drain(true)
    }
  }

  finish(): CitedText {
    this.#drain(true)
    return reviewCitations({
      text: this.#written,
      quoted: this.#quoted,
      list: this.#list,
      passages: this.#passages,
      judged: this.#judged,
      rarity: this.#rarity,
    })
  }

  // An answer that reached its length limit may end in the middle of a marker.
  #dropCutMarker(): void {
    const cut = findCutMarker(this.#written + this.#waiting)
    if (cut !== undefined && cut >= this.#written.length) this.#waiting = this.#waiting.slice(0, cut - this.#written.length)
  }

  #quote({ text, place }: Extract<GeneratedPiece, { kind: 'quoted' }>): readonly CiteEvent[] {
    const { n, isNew } = this.#list.number(place)
    const start = this.#written.length
    const delta = this.#write(addMarker(escapeMarkers(text), n))
    this.#quoted.push({ start, end: this.#written.length, n })
    return [...this.#announce(n, isNew), delta]
  }

  #drain(isComplete: boolean): readonly CiteEvent[] {
    const events: CiteEvent[] = []
    for (let rest = this.#waiting; rest !== ''; rest = this.#waiting) {
      const opening = rest.search(openingBracket)
      const plain = opening < 0 ? rest : rest.slice(0, opening)
      // White space before a marker that is dropped must go with it.
      const kept = opening < 0 && isComplete ? plain : plain.trimEnd()
      const marker = opening < 0 ? undefined : readMarker(rest.slice(opening), this.#written + plain, isComplete)
      if (kept !== '') {
        this.#lostGap = ''
        events.push(this.#write(kept))
      }
      this.#waiting = rest.slice(kept.length)
      if (marker === undefined || marker.kind === 'unfinished') break
      events.push(...this.#handleOpening(plain.length - kept.length, marker))
    }
    return events
  }

  #handleOpening(space: number, marker: Exclude<ReturnType<typeof readMarker>, { kind: 'unfinished' }>): readonly CiteEvent[] {
    const gap = space === 0 ? this.#lostGap : this.#waiting.slice(0, space)
    const isMarker = marker.kind === 'marker' && !this.#written.endsWith('\\') && !this.#code.endsInside(gap)
    this.#lostGap = ''
    const source = this.#waiting.slice(space, space + (isMarker ? marker.length : 1))
    this.#waiting = this.#waiting.slice(space + source.length)
    if (!isMarker) return [this.#write(gap + source)]
    return this.#resolve(marker.numbers, gap)
  }

  #resolve(numbers: readonly number[], gap: string): readonly CiteEvent[] {
    const claim = toClaim(lastSentence(this.#written))
    const cited = [...new Set(numbers)].flatMap((passageNumber) => this.#cite(passageNumber, claim))
    if (cited.length === 0) {
      this.#lostGap = gap
      return []
    }
    const markers = cited.map(({ n }) => `[${n}]`).join('')
    return [...cited.flatMap(({ n, isNew }) => this.#announce(n, isNew)), this.#write(gap + markers)]
  }

  #cite(passageNumber: number, claim: Claim) {
    const judged = this.#judged[passageNumber - 1]
    if (judged === undefined) return []
    const { start, end } = judgeSupport(claim, judged, this.#rarity)
    const offset = judged.passage.startOffset
    return [this.#list.number({ passageNumber, startOffset: offset + start, endOffset: offset + end })]
  }

  #announce(n: number, isNew: boolean): readonly CiteEvent[] {
    const citation = isNew ? this.#list.citation(n) : undefined
    return citation === undefined ? [] : [{ kind: 'citation', citation }]
  }

  #write(text: string): CiteEvent {
    this.#written += text
    this.#code.append(text)
    return { kind: 'delta', text }
  }
}

// What a book prints as "[1]" must not look like one of our markers.
function escapeMarkers(text: string): string {
  let escaped = ''
  for (const part of text.split(/(?=[[【［])/)) {
    const looksLikeOurs = readMarker(part, escaped, true).kind === 'marker' || /^\[\^?\d{1,4}\]:/.test(part)
    const isMarker = looksLikeOurs && !endsInsideCode(escaped) && !escaped.endsWith('\\')
    escaped += isMarker ? `\\${part}` : part
  }
  return escaped
}

// Behind the last word; for a sentence with its code or table, behind the sentence; for these alone, below: never inside them.
function addMarker(text: string, n: number): string {
  const block = text.search(/^ {0,3}(?:`{3,}|~{3,}|\|)/m)
  if (block < 0) return `${text} [${n}]`
  const lead = text.slice(0, block).trimEnd()
  return lead === '' ? `${text}\n\n[${n}]` : `${lead} [${n}]${text.slice(lead.length)}`
}

function lastSentence(text: string): string {
  const from = Math.max(text.lastIndexOf('\n'), text.length - longestSentence, 0)
  const paragraph = text.slice(from).replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+/, '')
  const last = splitSentences(paragraph).at(-1)
  return last === undefined ? paragraph : paragraph.slice(last.start, last.end)
}
