import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAdvice } from '../../src/answer/check-advice/check-advice.js'
import { splitUnits } from '../../src/answer/quotable-units/split-units.js'
import type { Citation } from '../../src/core/types/answer.js'
import type { Passage } from '../../src/core/types/passage.js'
import type { RankedPassage } from '../../src/core/types/retrieval.js'
import { loadGoldenQuestions } from '../../src/evaluation/golden-questions.js'
import { type IngestedLibrary, ingestHandbook } from '../helpers/ingested-library.js'

/** Notices on the handbook's own words. Both are right: it shows what it need not show. */
const known = [
  'handbook/client-daemon-host.md COMMAND_OLD docker daemon', // its console shows that the old command is gone
  'handbook/dockerfile-instructions.md COMMAND_OLD MAINTAINER', // a table row named as old in the sentence above it
  'handbook/error-messages.md OLD_ADVICE mysql:5', // pulled to show an error on another processor
  'handbook/looking-inside-containers.md OLD_ADVICE docker rm $(docker ps -aq)', // the table does not look at the filter
]
/** References that say more than their sections do; of 326. */
const beyondTheirSections = [
  'basics-019',
  'basics-057',
  'build-006',
  'build-024',
  'build-033',
  'build-034',
  'build-036',
  'ops-042',
  'ops-060',
  'stornet-041',
  'stornet-057',
]

const questionsFolder = fileURLToPath(new URL('questions', import.meta.url))
/** What could be taken for Docker's words; the other sentences of the handbook take ten seconds and say nothing here. */
const mayName = /[`]|--|docker [a-z]|[A-Z]{3}/

let handbook: IngestedLibrary
let passages: readonly Passage[]

beforeAll(async () => {
  handbook = await ingestHandbook()
  const { library } = handbook
  passages = Array.from({ length: library.manifest.counts.passages }, (_, number) => library.passage(number))
}, 60_000)
afterAll(() => handbook.close())

const book = { id: 'handbook', title: 'The Handbook', year: 2025 }
const rank = (passage: Passage): RankedPassage => ({ rank: 1, passage, book, scores: { fused: 1 }, alsoAt: [] })

function cite(passage: Passage, quote = passage.text): Citation {
  const { id, file, headingPath, startLine, endLine } = passage
  const startOffset = passage.startOffset + passage.text.indexOf(quote)
  return {
    n: 1,
    passageId: id,
    book,
    file,
    headingPath,
    startLine,
    endLine,
    startOffset,
    endOffset: startOffset + quote.length,
    quote,
    url: '/',
  }
}

const listQuotes = ({ text }: Passage) => splitUnits(text).flatMap((unit) => (mayName.test(unit.text) ? [unit.text] : []))
const isKnown = (line: string) => known.some((entry) => entry.split(' ').every((word) => line.includes(word)))

describe('the check of advice', () => {
  it('has nothing to say of the handbook’s passages, sentences and code when they are quoted, but for what is known', () => {
    const notices = passages.flatMap((passage) =>
      [passage.text, ...listQuotes(passage)].flatMap((quote) =>
        checkAdvice({ markdown: `${quote}\n\n[1]`, citations: [cite(passage, quote)] }, [rank(passage)]).map(
          ({ code, text }) => `${passage.file} ${code} ${text}`,
        ),
      ),
    )
    expect(notices.filter((line) => !isKnown(line))).toEqual([])
    expect(notices.filter(isKnown).length).toBeGreaterThan(0)
  }, 120_000)

  it('calls nothing unknown in the handbook’s code even where no passage is cited', () => {
    const codes = passages.flatMap(({ text }) => splitUnits(text).filter(({ kind }) => kind === 'code'))
    const notices = codes.flatMap(({ text }) => checkAdvice({ markdown: text, citations: [] }, []))
    expect(codes.length).toBeGreaterThan(500)
    expect(notices.filter(({ code }) => code === 'COMMAND_UNKNOWN')).toEqual([])
    expect(notices.filter(({ code }) => code === 'COMMAND_NOT_IN_BOOK').length).toBeGreaterThan(300)
  }, 60_000)

  it('finds in the reference answers nothing unknown or old, and few words that their sections do not hold', async () => {
    const questions = await loadGoldenQuestions(questionsFolder)
    const told = questions.flatMap((question) => {
      if (!('reference' in question)) return []
      const places = new Set(question.sections.map(({ file, title }) => `${file} ${title}`))
      const cited = passages.filter(({ file, headingPath }) => places.has(`${file} ${headingPath.at(-1)}`))
      const citations = cited.map((passage) => cite(passage, ''))
      return checkAdvice({ markdown: question.reference, citations }, cited.map(rank)).map(({ code }) => `${question.id} ${code}`)
    })
    expect(told.filter((line) => !line.endsWith('COMMAND_NOT_IN_BOOK'))).toEqual([])
    expect(told.map((line) => line.split(' ')[0])).toEqual(beyondTheirSections)
  }, 60_000)
})
