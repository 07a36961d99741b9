import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerableFrom } from '../../../../src/answer/retrieve-passages/judge-confidence.js'
import { retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import type { Question } from '../../../../src/core/types/question.js'
import { type IngestedLibrary, ingestFiles, ingestHandbook } from '../../../helpers/ingested-library.js'
import { recomputeConfidence, recomputeFused } from '../../../helpers/recompute-scores.js'

let handbook: IngestedLibrary
beforeAll(async () => {
  handbook = await ingestHandbook()
})
afterAll(() => handbook.close())

async function explain(text: string, more: Partial<Question> = {}, { library }: IngestedLibrary = handbook) {
  const found = await retrievePassages({ text, k: 5, explain: true, ...more }, { library })
  if (found.explanation === undefined) throw new Error('nothing was explained')
  return { ...found, explanation: found.explanation }
}

const questions = [
  'what does -P do?',
  'How do I keep my data when the container is gone?',
  'How do I write a Terraform module?',
  'volumes?',
]

describe('the explanation of a retrieval', () => {
  it('is given only when wished for, and changes nothing', async () => {
    for (const text of questions) {
      const plain = await retrievePassages({ text, k: 5 }, { library: handbook.library })
      const { explanation, ...found } = await explain(text)
      expect(plain).not.toHaveProperty('explanation')
      expect(found).toEqual(plain)
      expect(explanation.answerableFrom).toBe(answerableFrom)
    }
  })

  it.each(questions)('has signals that add up to the confidence, by the logistic function: %s', async (text) => {
    const { confidence, answerable, explanation } = await explain(text)
    expect(confidence).toBeCloseTo(recomputeConfidence(explanation), 12)
    expect(answerable).toBe(confidence >= answerableFrom)
    expect(explanation.confidence.map(({ name }) => name)).toEqual(['start', 'unknown', 'strange', 'other', 'neighbours', 'coverage'])
  })

  it('has no signals where no passage was found: then there is no confidence', async () => {
    const { confidence, answerable, passages, explanation } = await explain('🐳')
    expect({ confidence, answerable, passages }).toEqual({ confidence: 0, answerable: false, passages: [] })
    expect(explanation).toMatchObject({ terms: [], concepts: [], confidence: [], candidates: [] })
  })

  it('names every kept passage as such, in order, with the scores that the result has', async () => {
    const { passages, explanation } = await explain('how do I copy a file out of a container?')
    const kept = explanation.candidates.filter((one) => one.kept)
    expect(kept.map(({ id, scores }) => ({ id, scores }))).toEqual(passages.map(({ passage, scores }) => ({ id: passage.id, scores })))
    expect(kept.map(({ reason }) => reason)).toEqual(passages.map((_, place) => `kept as number ${place + 1}`))
  })

  it('tells why every other candidate was dropped', async () => {
    const { explanation } = await explain('how do I copy a file out of a container?')
    const dropped = explanation.candidates.filter((one) => !one.kept)
    expect(dropped.length).toBeGreaterThanOrEqual(5)
    for (const { reason } of dropped)
      expect(reason).toMatch(/^(dropped: \w.*|folded: nearly the same words as number \d, .+, lines \d+–\d+)$/)
  })

  it('tells of a folded passage into which one, and where that stands', async () => {
    const text = Array.from({ length: 9 }, (_, n) => `Lantern ${n} burns with oil number ${n} in wind ${n}.`).join(' ')
    const twins = await ingestFiles({ 'one.md': `# Lanterns\n\n${text}\n`, 'two.md': `# Lights\n\n${text}\n` })
    const { passages, explanation } = await explain('lantern oil', {}, twins).finally(() => twins.close())
    const [folded] = explanation.candidates.filter((one) => !one.kept)
    expect(passages).toHaveLength(1)
    const first = passages[0]?.passage
    expect(folded?.reason).toBe(`folded: nearly the same words as number 1, ${first?.file}, lines ${first?.startLine}–${first?.endLine}`)
    const { file, headingPath, startLine, endLine } = folded ?? {}
    expect(passages[0]?.alsoAt).toEqual([{ file, headingPath, startLine, endLine }])
  })

  it('names the terms with the passages that hold them, rare ones as rarer, and repaired ones with what was typed', async () => {
    const { explanation } = await explain('detatch the container zeppelin')
    const told = new Map(explanation.terms.map((one) => [one.term, one]))
    expect([...told.keys()]).toEqual(['detach', 'contain', 'zeppelin'])
    expect(told.get('detach')).toMatchObject({ repairedFrom: 'detatch' })
    expect(told.get('zeppelin')).toMatchObject({ passages: 0 })
    expect(told.get('contain')).not.toHaveProperty('repairedFrom')
    expect(told.get('contain')?.passages).toBeGreaterThan(told.get('detach')?.passages ?? 0)
    expect(told.get('contain')?.rarity).toBeLessThan(told.get('detach')?.rarity ?? 0)
  })

  it('names the concepts with match and weight, at most three, none when they are switched off', async () => {
    const { explanation } = await explain('see what it printed')
    expect(explanation.concepts[0]?.terms).toContain('docker logs')
    expect(explanation.concepts.length).toBeLessThanOrEqual(3)
    for (const { match, weight } of explanation.concepts) {
      expect([match, weight].every((value) => value > 0 && value <= 1 + 1e-9)).toBe(true)
    }
    expect((await explain('see what it printed', { without: new Set(['concepts']) })).explanation.concepts).toEqual([])
  })

  it('tells by what the order was made: the scale from which every score follows', async () => {
    const { explanation, passages } = await explain('how do I copy a file out of a container?')
    expect(explanation.fusion).toEqual({ bestLexical: passages[0]?.scores.lexical?.score })
    for (const { scores } of explanation.candidates) expect(scores.fused).toBeCloseTo(recomputeFused(scores, explanation), 12)
  })
})
