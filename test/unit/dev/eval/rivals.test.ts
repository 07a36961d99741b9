import { describe, expect, test } from 'vitest'
import { createLunr } from '../../../../src/dev/eval/rivals/lunr-rival.js'
import { createDefaultMiniSearch, createTunedMiniSearch } from '../../../../src/dev/eval/rivals/minisearch-rivals.js'
import { createSqlite } from '../../../../src/dev/eval/rivals/sqlite-rival.js'
import { listRivalPassages, runRivals } from '../../../../src/dev/eval/run-rivals.js'
import { parseQuestions } from '../../../../src/evaluation/golden-questions.js'
import { openLibrary } from '../../../../src/library/open-library.js'
import { createHarbourLibrary } from '../../../helpers/harbour-library.js'

const passages = [
  { number: 0, heading: 'Ports', text: 'The flag -P publishes every exposed port of a container.' },
  { number: 1, heading: 'Volumes', text: 'A named volume outlives the container that wrote to it.' },
  { number: 2, heading: 'Networks', text: 'A bridge network joins containers, and a volume has no part in it.' },
]

describe.each([createTunedMiniSearch, createDefaultMiniSearch, createLunr, createSqlite])('%o', (create) => {
  const rival = create(passages)

  test('ranks the passage whose heading holds the word before one that mentions it', () => {
    expect(rival.search('volume or volumes', 10)).toEqual([1, 2])
  })

  test('takes any of the words, and no more passages than wanted', () => {
    expect(rival.search('bridge flag', 10).toSorted()).toEqual([0, 2])
    expect(rival.search('bridge flag volume', 1)).toHaveLength(1)
  })

  test.each(['what does --rm -P do?', 'title:"quotes" AND (OR NOT', 'the of and', '???', ''])('takes %j without failing', (question) => {
    expect(rival.search(question, 10).length).toBeLessThanOrEqual(3)
  })
})

test('stems and stop words are in use where they are promised', () => {
  for (const create of [createTunedMiniSearch, createLunr, createSqlite]) {
    expect(create(passages).search('publishing', 10)).toEqual([0])
  }
  expect(createTunedMiniSearch(passages).search('what is the', 10)).toEqual([])
})

test('runRivals asks every rival every question over the passages of our own index', async () => {
  const harbour = await createHarbourLibrary()
  const library = await openLibrary(harbour.config.indexDir)
  try {
    const entry = { question: 'named volume', sections: [{ file: 'Harbour Notes.md', title: 'Volumes' }] }
    const runs = runRivals(parseQuestions(JSON.stringify([entry]), 'a.json'), library)
    expect(runs.map(({ searches }) => searches.map(({ ranks }) => ranks))).toEqual([[[1]], [[1]], [[1]], [[1]]])
    expect(new Set(runs.map(({ name }) => name)).size).toBe(4)
    expect(listRivalPassages(library).map(({ heading }) => heading)).toEqual(['Ports', 'Volumes'])
  } finally {
    await library.close()
    await harbour.close()
  }
})
