import { describe, expect, test } from 'vitest'
import { measureSupport, readRarity, scorePairs } from '../../src/dev/eval/support/measure-support.js'
import { readSupportPairs } from '../../src/dev/eval/support/support-pairs.js'

const wrongClaim = 'right words, wrong claim'
const scored = scorePairs(await readSupportPairs('test/golden/support-pairs', 'corpus'), await readRarity('corpus/handbook'))
const barred = scored.filter(({ pair }) => pair.kind !== wrongClaim)

describe('the support judgement on pairs of a sentence and a passage', () => {
  test('has at least 300 of them, half held out, with falsehoods of every operator, and 60 wrong claims in right words', () => {
    expect(barred.length).toBeGreaterThanOrEqual(300)
    const heldOut = barred.filter(({ pair }) => pair.isHeldOut).length / barred.length
    expect(heldOut).toBeGreaterThan(0.4)
    expect(heldOut).toBeLessThan(0.6)
    const kinds = new Set(barred.map(({ pair }) => pair.kind))
    expect([...kinds].sort()).toEqual(['entity', 'flag', 'negation', 'number', 'opposite', 'path', 'port', 'true'])
    expect(scored.length - barred.length).toBeGreaterThanOrEqual(60)
    expect(new Set(barred.map(({ pair }) => `${pair.passage.id} ${pair.sentence}`)).size).toBeGreaterThanOrEqual(550)
  })

  test.each([
    ['the half that it was built on', false],
    ['the half that was held out', true],
  ])('tells true from false on %s: AUROC of .93, and a twentieth of the false called supported', (_, isHeldOut) => {
    const figures = measureSupport(barred.filter(({ pair }) => pair.isHeldOut === isHeldOut))
    expect(figures.auroc).toBeGreaterThanOrEqual(0.93)
    expect(figures.falseSupported).toBeLessThanOrEqual(0.05)
    expect(figures.trueSupported).toBeGreaterThanOrEqual(0.8)
    expect(figures.trueUnsupported).toBeLessThanOrEqual(0.02)
  })
})
