import MiniSearch, { type Options } from 'minisearch'
import stem from 'wink-porter2-stemmer'
import { stopWords } from '../../../word-search/stop-words.js'
import { headingBoost, type Rival, type RivalPassage } from './rival.js'

/** MiniSearch as its documentation suggests for English: our own stop words, the same Porter2 stemmer, headings boosted. */
export function createTunedMiniSearch(passages: readonly RivalPassage[]): Rival {
  const processTerm = (term: string) => {
    const lower = term.toLowerCase()
    return stopWords.has(lower) ? undefined : stem(lower)
  }
  return createRival('MiniSearch, stop words + Porter2', passages, { processTerm, searchOptions: { boost: { heading: headingBoost } } })
}

/** MiniSearch with nothing set. */
export function createDefaultMiniSearch(passages: readonly RivalPassage[]): Rival {
  return createRival('MiniSearch, defaults', passages, {})
}

function createRival(name: string, passages: readonly RivalPassage[], options: Omit<Options<RivalPassage>, 'fields'>): Rival {
  const index = new MiniSearch<RivalPassage>({ ...options, fields: ['heading', 'text'], idField: 'number' })
  index.addAll(passages)
  return {
    name,
    search: (question, count) =>
      index
        .search(question)
        .slice(0, count)
        .map(({ id }) => Number(id)),
    close: () => {},
  }
}
