import { AppError } from '../../../core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../../core/ports/text-generator.js'
import { dropShouting } from '../../../word-search/drop-shouting.js'
import { pickUnits } from './pick-units.js'
import { toQuestionKind } from './question-kind.js'
import { type ScoredUnit, scoreUnits } from './score-units.js'

/**
 * The generator that needs no model: it answers by quoting the sentences, list items and code blocks that answer best, each piece
 * an exact slice of its passage's file. Yields nothing but `end` when the passages hold nothing quotable.
 */
export function createExtractiveGenerator(): TextGenerator {
  return { kind: 'extractive', aiModel: 'none (quoted from the books)', generate }
}

async function* generate({ question: asked, passages, signal }: GenerationRequest): AsyncGenerator<GeneratedPiece> {
  throwIfStopped(signal)
  const question = dropShouting(asked)
  const kind = toQuestionKind(question)
  const picked = pickUnits(scoreUnits(question, kind, passages), kind)
  for (const [position, run] of joinNeighbours(picked).entries()) {
    throwIfStopped(signal)
    const first = run[0]
    const last = run.at(-1)
    const passage = first === undefined ? undefined : passages[first.passage]?.passage
    if (first === undefined || last === undefined || passage === undefined) continue
    if (position > 0) yield { kind: 'text', text: separate(picked, first) }
    const text = passage.text.slice(first.unit.start, last.unit.end)
    const place = {
      passageNumber: first.passage + 1,
      startOffset: passage.startOffset + first.unit.start,
      endOffset: passage.startOffset + last.unit.end,
    }
    yield { kind: 'quoted', text, place }
  }
  yield { kind: 'end', complete: true, promptTokens: 0, answerTokens: 0 }
}

// Sentences that follow each other in one paragraph are one quote, as are a lead sentence and its code.
function joinNeighbours(picked: readonly ScoredUnit[]): readonly (readonly ScoredUnit[])[] {
  const runs: ScoredUnit[][] = []
  for (const unit of picked) {
    const run = runs.at(-1)
    const previous = run?.at(-1)
    const follows = previous !== undefined && previous.passage === unit.passage && previous.position + 1 === unit.position
    const reads =
      previous?.unit.kind === 'sentence' &&
      (previous.unit.block === unit.unit.block || unit.unit.kind === 'code' || unit.unit.kind === 'table')
    if (run !== undefined && follows && reads) run.push(unit)
    else runs.push([unit])
  }
  return runs
}

// Items of one list stay a list; everything else is a paragraph of its own.
function separate(picked: readonly ScoredUnit[], unit: ScoredUnit): string {
  const previous = picked[picked.indexOf(unit) - 1]
  return previous?.unit.kind === 'item' && unit.unit.kind === 'item' ? '\n' : '\n\n'
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return
  throw signal.reason instanceof AppError ? signal.reason : new AppError('INTERRUPTED', {}, signal.reason)
}
