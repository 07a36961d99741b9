import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnswerFigures, measureAnswers } from '../../src/dev/eval/support/measure-answers.js'
import { isAnswerable, loadGoldenQuestions } from '../../src/evaluation/golden-questions.js'
import { type IngestedLibrary, ingestHandbook } from '../helpers/ingested-library.js'

describe('a scripted model that answers the golden questions with their reference answers', () => {
  let handbook: IngestedLibrary
  let figures: AnswerFigures

  beforeAll(async () => {
    handbook = await ingestHandbook()
    const questions = (await loadGoldenQuestions('test/golden/questions')).filter(isAnswerable)
    const texts = new Map<string, string>()
    const readText = (file: string) => texts.get(file) ?? texts.set(file, readFileSync(`corpus/${file}`, 'utf8')).get(file) ?? ''
    figures = await measureAnswers(questions, handbook.library, readText)
  }, 120_000)
  afterAll(() => handbook.close())

  test('leaves no marker without its citation, however it cites', () => {
    expect(figures.answers).toBeGreaterThan(1900)
    expect(figures.dangling).toBe(0)
  })

  test('is quoted letter by letter', () => {
    expect(figures.citations).toBeGreaterThan(1000)
    expect(figures.faithful).toBe(figures.citations)
  })

  test('keeps its code byte by byte, brackets and all', () => {
    expect(figures.changedCode).toBe(0)
  })

  test('has at least 90 % of its planted falsehoods flagged', () => {
    expect(figures.planted).toBeGreaterThan(200)
    expect(figures.plantedFlagged / figures.planted).toBeGreaterThanOrEqual(0.9)
  })

  test('has at most 8 % of its true sentences called unsupported', () => {
    expect(figures.trueUnsupported / figures.trueSentences).toBeLessThanOrEqual(0.08)
  })
})
