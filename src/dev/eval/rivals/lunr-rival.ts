import lunr from 'lunr'
import { headingBoost, type Rival, type RivalPassage } from './rival.js'

/** lunr with its own stemmer and stop words, headings boosted. */
export function createLunr(passages: readonly RivalPassage[]): Rival {
  const index = lunr((builder) => {
    builder.ref('number')
    builder.field('heading', { boost: headingBoost })
    builder.field('text')
    for (const passage of passages) builder.add(passage)
  })
  return {
    name: 'lunr',
    // Its query language would take the minus of a flag for an order to leave passages out: the words are handed over as words.
    search: (question, count) =>
      index
        .query((query) => query.term(lunr.tokenizer(question), {}))
        .slice(0, count)
        .map(({ ref }) => Number(ref)),
    close: () => {},
  }
}
