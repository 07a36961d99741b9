import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { judgeSupport, supportedFrom, toClaim, toJudgedPassage, weakFrom } from '../../../answer/cite-sources/judge-support.js'
import { analyzeText } from '../../../word-search/analyze-text.js'
import { inverseDocumentFrequency } from '../../../word-search/bm25.js'
import { cutSections, type SupportPair } from './support-pairs.js'

/** How well the judge tells true pairs from false ones. Shares from 0 to 1. */
export interface SupportFigures {
  readonly truePairs: number
  readonly falsePairs: number
  /** Chance that a true pair scores above a false one. */
  readonly auroc: number
  readonly falseSupported: number
  readonly trueSupported: number
  readonly trueUnsupported: number
  /** Share of false pairs called supported, by operator. */
  readonly byOperator: ReadonlyMap<string, { readonly supported: number; readonly of: number }>
}

export interface ScoredPair {
  readonly pair: SupportPair
  readonly score: number
}

export function scorePairs(pairs: readonly SupportPair[], rarity: (term: string) => number): readonly ScoredPair[] {
  return pairs.map((pair) => ({ pair, score: judgeSupport(toClaim(pair.sentence), toJudgedPassage(pair.passage), rarity).score }))
}

export function measureSupport(scored: readonly ScoredPair[]): SupportFigures {
  const truths = scored.filter(({ pair }) => pair.kind === 'true').map(({ score }) => score)
  const wrong = scored.filter(({ pair }) => pair.kind !== 'true')
  const lies = wrong.map(({ score }) => score)
  const byOperator = new Map<string, { supported: number; of: number }>()
  for (const { pair, score } of wrong) {
    const { supported, of } = byOperator.get(pair.kind) ?? { supported: 0, of: 0 }
    byOperator.set(pair.kind, { supported: supported + (score >= supportedFrom ? 1 : 0), of: of + 1 })
  }
  return {
    truePairs: truths.length,
    falsePairs: lies.length,
    auroc: toAuroc(truths, lies),
    falseSupported: shareOf(lies, (score) => score >= supportedFrom),
    trueSupported: shareOf(truths, (score) => score >= supportedFrom),
    trueUnsupported: shareOf(truths, (score) => score < weakFrom),
    byOperator,
  }
}

/** How rare a term is among the sections of the books in a folder. */
export async function readRarity(folder: string): Promise<(term: string) => number> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'))
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  const sections = texts.flatMap(cutSections)
  const counts = new Map<string, number>()
  for (const { title, body } of sections)
    for (const term of new Set(analyzeText(`${title}\n${body}`))) counts.set(term, (counts.get(term) ?? 0) + 1)
  return (term) => inverseDocumentFrequency(sections.length, counts.get(term) ?? 0)
}

export function shareOf<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(holds).length / all.length
}

function toAuroc(truths: readonly number[], lies: readonly number[]): number {
  let won = 0
  for (const truth of truths) for (const lie of lies) won += truth > lie ? 1 : truth === lie ? 0.5 : 0
  return truths.length * lies.length === 0 ? 0 : won / (truths.length * lies.length)
}
