import { AppError } from '../../../core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../../core/ports/text-generator.js'
import { dropShouting } from '../../../word-search/drop-shouting.js'
import { type PickedUnit, pickUnits } from './pick-units.js'
import { toQuestionKind } from './question-kind.js'
import { scoreUnits } from './score-units.js'

/**
 * The generator that needs no model: it answers by quoting the sentences, list items and code blocks that answer best, each piece
 * an exact slice of its passage's file. Yields nothing but `end` when the passages hold nothing quotable.
 */
export function createExtractiveGenerator(): TextGenerator {
  return { kind: 'extractive', aiModel: 'none (quoted from the books)', generate }
}

async function* generate({ question: asked, passages, everyPassage = false, signal }: GenerationRequest): AsyncGenerator<GeneratedPiece> {
  throwIfStopped(signal)
  const question = dropShouting(asked)
  const kind = toQuestionKind(question)
  const runs = joinNeighbours(pickUnits(scoreUnits(question, kind, passages), { kind, everyPassage }))
  for (const [position, run] of runs.entries()) {
    throwIfStopped(signal)
    const first = run[0]
    const last = run.at(-1)
    const passage = first === undefined ? undefined : passages[first.passage]?.passage
    if (first === undefined || last === undefined || passage === undefined) continue
    const lead = separate(runs[position - 1]?.at(-1), first)
    if (lead !== '') yield { kind: 'text', text: lead }
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
function joinNeighbours(picked: readonly PickedUnit[]): readonly (readonly PickedUnit[])[] {
  const runs: PickedUnit[][] = []
  for (const unit of picked) {
    const run = runs.at(-1)
    const previous = run?.at(-1)
    if (run !== undefined && previous !== undefined && readsOn(previous, unit)) run.push(unit)
    else runs.push([unit])
  }
  return runs
}

function readsOn(previous: PickedUnit, next: PickedUnit): boolean {
  if (previous.isSide || previous.passage !== next.passage || previous.position + 1 !== next.position) return false
  const isPrinted = next.unit.kind === 'code' || next.unit.kind === 'table'
  return previous.unit.kind === 'sentence' && (previous.unit.block === next.unit.block || isPrinted)
}

// Items of one list stay a list, the sides of a comparison become one; everything else is a paragraph of its own.
function separate(previous: PickedUnit | undefined, next: PickedUnit): string {
  const isList = previous !== undefined && (previous.isSide ? next.isSide : previous.unit.kind === 'item' && next.unit.kind === 'item')
  const gap = previous === undefined ? '' : isList ? '\n' : '\n\n'
  return next.isSide && next.unit.kind !== 'item' ? `${gap}- ` : gap
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return
  throw signal.reason instanceof AppError ? signal.reason : new AppError('INTERRUPTED', {}, signal.reason)
}
