import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isHeldOut, loadGoldenQuestions } from '../../src/evaluation/golden-questions.js'

const questions = await loadGoldenQuestions('test/golden/questions')
const answerable = questions.filter(({ class: kind }) => kind !== 'unanswerable')
const toTitle = (heading: string) =>
  heading
    .replace(/^#+\s+/, '')
    .replaceAll('`', '')
    .trim()

describe('the golden questions', () => {
  test('are at least 240 that the handbook answers, in seven classes, and 80 that it does not, half of them near', () => {
    const outside = questions.filter(({ class: kind }) => kind === 'unanswerable')
    expect(answerable.length).toBeGreaterThanOrEqual(240)
    expect(new Set(answerable.map(({ class: kind }) => kind)).size).toBe(7)
    expect(outside.length).toBeGreaterThanOrEqual(80)
    expect(outside.filter(({ near }) => near === true).length).toBeGreaterThanOrEqual(outside.length / 2)
  })

  test('have ids of their own, and no question twice', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length)
    expect(new Set(questions.map(({ question, before = '' }) => `${before}\n${question}`.toLowerCase())).size).toBe(questions.length)
  })

  test('are split in halves of nearly the same size', () => {
    const share = questions.filter(isHeldOut).length / questions.length
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.6)
  })

  test.each(answerable)(
    '$id names sections and a phrase that stand in the handbook, and patterns that fit its reference',
    async (golden) => {
      const { sections, phrase, patterns, reference } = golden
      expect(sections.length).toBeGreaterThan(0)
      for (const { file, title } of sections) {
        const headings = (await readFile(join('corpus', file), 'utf8')).split('\n').filter((line) => /^#{1,6}\s/.test(line))
        expect(headings.map(toTitle)).toContain(title.replaceAll('`', ''))
      }
      expect(await readFile(join('corpus', sections[0]?.file ?? ''), 'utf8')).toContain(phrase)
      expect(phrase.split(/\s+/).length).toBeGreaterThanOrEqual(2)
      expect(patterns.some((pattern) => new RegExp(pattern, 'i').test(reference))).toBe(true)
    },
  )
})
