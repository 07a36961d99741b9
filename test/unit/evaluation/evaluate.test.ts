import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBookFolder } from '../../../src/adapters/book-files/create-book-folder.js'
import { compareFigures, formatChanges, toFigures } from '../../../src/evaluation/compare-figures.js'
import { type EvalReport, toSystemReport } from '../../../src/evaluation/eval-report.js'
import { evaluate, listNotices, narrowEvaluation } from '../../../src/evaluation/evaluate.js'
import { findUnknownSections } from '../../../src/evaluation/find-unknown-sections.js'
import { formatReport } from '../../../src/evaluation/format-report.js'
import { parseQuestions } from '../../../src/evaluation/golden-questions.js'
import { compareWithRun, readStoredRun, storeRun, toRunPath } from '../../../src/evaluation/stored-runs.js'
import { createHarbourLibrary, type HarbourLibrary } from '../../helpers/harbour-library.js'
import { createTemporaryFolder } from '../../helpers/temporary-folder.js'

const file = 'Harbour Notes.md'
const questions = parseQuestions(
  JSON.stringify([
    {
      id: 'ports',
      class: 'flag',
      question: 'Which flag publishes every exposed port?',
      sections: [{ file, title: 'Ports' }],
      patterns: ['-P'],
    },
    { id: 'volumes', class: 'keyword', question: 'named volume', phrase: 'outlives the container' },
    { id: 'wrong', class: 'keyword', question: 'docker volume prune', sections: [{ file, title: 'Anchors' }] },
    { id: 'far', class: 'unanswerable', question: 'Who won the football world cup of 1998?', near: false },
  ]),
  'harbour.json',
)

let harbour: HarbourLibrary
beforeAll(async () => {
  harbour = await createHarbourLibrary()
})
afterAll(() => harbour.close())

const parts = () => ({ pilotbook: harbour.pilotbook, source: createBookFolder(harbour.config.corpusDir) })
const createReport = (systems: EvalReport['groups'][number]['systems']): EvalReport => ({
  at: '2026-11-22T12:00:00.000Z',
  questions: 'harbour.json',
  corpus: 'corpus',
  passages: 2,
  embedder: 'none (word search)',
  groups: [{ name: 'All questions', systems }],
  notices: ['It is small.'],
})

describe('evaluate', () => {
  test('searches and answers every question over a real index, and checks citations against the files on disk', async () => {
    const told: string[] = []
    const evaluation = await evaluate(questions, parts(), {
      answers: true,
      onProgress: ({ step, done, total }) => told.push(`${step} ${done}/${total}`),
    })
    const report = toSystemReport('Pilotbook', evaluation)
    expect(report.classes.map(({ class: name, questions: asked, hitAt5 }) => [name, asked, hitAt5])).toEqual([
      ['flag', 1, 1],
      ['keyword', 2, 0.5],
      ['all', 3, 2 / 3],
    ])
    expect(report.refusals?.falseAnswers).toEqual({ count: 0, of: 1 })
    const { validCitations, quotedSentences } = report.answers ?? {}
    expect(validCitations?.of).toBeGreaterThan(0)
    expect(validCitations?.count).toBe(validCitations?.of)
    expect(quotedSentences?.count).toBe(quotedSentences?.of)
    expect(told).toEqual([1, 2, 3, 4].map((done) => `search ${done}/4`).concat([1, 2, 3, 4].map((done) => `answer ${done}/4`)))
    expect(listNotices(evaluation).join()).toContain('No embedding model is here')
  })

  test('sees citations that no longer stand where they are said to stand, and tells of the change', async () => {
    const own = await createHarbourLibrary()
    try {
      await writeFile(join(own.config.corpusDir, file), '# Harbour Notes\n\nAll is new here.\n')
      const source = createBookFolder(own.config.corpusDir)
      const evaluation = await evaluate(questions.slice(0, 1), { pilotbook: own.pilotbook, source }, { answers: true })
      const { validCitations, faithfulQuotes } = toSystemReport('Pilotbook', evaluation).answers ?? {}
      expect(validCitations?.of).toBeGreaterThan(0)
      expect([validCitations?.count, faithfulQuotes?.count]).toEqual([0, 0])
      expect(listNotices(evaluation).join()).toMatch(/Harbour Notes\.md.* changed/)
    } finally {
      await own.close()
    }
  })

  test('stops with the reason of its signal', async () => {
    const cancel = new AbortController()
    const onProgress = () => cancel.abort(new Error('enough'))
    await expect(evaluate(questions, parts(), { signal: cancel.signal, onProgress })).rejects.toThrow('enough')
  })

  test('tells of sections that no book has', async () => {
    const notices = await findUnknownSections(questions, harbour.pilotbook)
    expect(notices).toEqual(['Sections that no book has count as missed: wrong (Harbour Notes.md, "Anchors").'])
    expect(await findUnknownSections(questions.slice(0, 2), harbour.pilotbook)).toEqual([])
  })

  test('prints a table of ranks, refusals, answers and times', async () => {
    const text = formatReport(createReport([toSystemReport('Pilotbook', await evaluate(questions, parts(), { answers: true }))]))
    expect(text).toContain('- Embedding Model: none (word search)\n- Note: It is small.\n\n## All questions')
    expect(text).toMatch(/^\| all \| Pilotbook \| 3 \| 0\.667 \|/m)
    expect(text).toMatch(/^\| Citations whose place in the file holds the quote \| 1\.000 \(\d+ of \d+\) \|$/m)
    expect(text).toMatch(/^\| search, Pilotbook \|( \d+\.\d \|){4}$/m)
  })
})

describe('a stored run', () => {
  test('is compared figure by figure with the next one, improvements and losses marked', async () => {
    const evaluation = await evaluate(questions, parts())
    const worse = createReport([
      toSystemReport(
        'Pilotbook',
        narrowEvaluation(evaluation, ({ id }) => id !== 'ports'),
      ),
    ])
    const better = createReport([
      toSystemReport(
        'Pilotbook',
        narrowEvaluation(evaluation, ({ id }) => id !== 'wrong'),
      ),
    ])
    const path = toRunPath(await createTemporaryFolder(), worse)
    expect(await readStoredRun(path)).toEqual({ kind: 'none' })
    await storeRun(path, worse)
    const last = await readStoredRun(path)
    if (last.kind !== 'read') throw new Error(last.kind)
    const changes = compareWithRun(last.run, better)
    expect(changes.find(({ name }) => name === 'All questions / Pilotbook / all / hit@5')).toMatchObject({
      before: 0.5,
      value: 1,
      isImprovement: true,
    })
    expect(compareWithRun(last.run, worse)).toEqual([])
    expect(formatChanges(changes, last.run.at)).toMatch(/\| All questions \/ Pilotbook \/ all \/ hit@5 \| 0\.500 → 1\.000 \| better \|/)
  })

  test('that cannot be read is said to be so', async () => {
    const path = join(await createTemporaryFolder(), 'last.json')
    await writeFile(path, '{"at": 3')
    expect(await readStoredRun(path)).toEqual({ kind: 'unreadable', path })
  })

  test('counts fewer refusals as better and leaves out what only one run has', () => {
    const figure = (name: string, value: number, better: 'higher' | 'lower' = 'higher') => ({ name, value, better })
    const changes = compareFigures(
      [
        { name: 'a', value: 0.2 },
        { name: 'b', value: 0.2 },
        { name: 'c', value: 0.2 },
      ],
      [figure('a', 0.1, 'lower'), figure('b', 0.1), figure('c', 0.2000004), figure('d', 1)],
    )
    expect(changes.map(({ name, isImprovement }) => [name, isImprovement])).toEqual([
      ['a', true],
      ['b', false],
    ])
    expect(formatChanges([], 'today')).toBe('Nothing has changed since the last run (today).')
    expect(formatChanges(changes, 'today')).toContain('| b | 0.200 → 0.100 | **worse** |')
  })

  test('names each figure once', async () => {
    const report = createReport([toSystemReport('Pilotbook', await evaluate(questions, parts(), { answers: true }))])
    const names = toFigures(report).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('All questions / Pilotbook / answers / citation validity')
  })
})
