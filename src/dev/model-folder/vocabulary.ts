import { createRandomBits } from './random-numbers.js'
import { frequentWords } from './vocabulary-words.js'

const specials = { '[PAD]': 0, '[UNK]': 100, '[CLS]': 101, '[SEP]': 102, '[MASK]': 103 } as const

const words = `
the of and to in a is that for it as with on be by are this you from or an at not can will have which your if all one when use
but we has more into its do they their other using used may so what how then than these only there out also about up each no any
run set new same first two need way like now see most such after some where just make file files system example name option
default command commands value values line number time work works create created add get start starts started stop stopped
remove need needs allow allows give given same different change changes directory folder path user users group key keys read
write data host hosts port ports network networks image images container containers volume volumes docker daemon client server
engine build builds built layer layers tag tags registry push pull hub compose service services stack swarm node nodes cluster
version machine process processes memory cpu limit limits log logs logging driver drivers bridge mount mounts mounted bind
environment variable variables argument arguments instruction instructions copy label labels expose entry point work shell bash
linux kernel root http https api rest json web page application applications app apps code source test tests install installed
package packages update base ubuntu debian alpine python java go ruby redis nginx postgres database store storage local remote
public private secret secrets security access address ip dns tcp udp socket connect connection request response error errors
message inside outside between because before without through over under most many every another both while here does why
because chapter section book list table figure note show shows shown output input result results called call means following
must should would could might let want go back keep own part full small large long short single multiple several next last
delete inspect exec attach detach rm ps ls cp restart always policy health check status state running exit code signal kill
`
  .split(/\s+/)
  .filter((word) => word !== '')

const endings = `s ed ing er ers ly al ion ions tion ment able ity ize ized ous ful less ness est ive ant ent ance ence ure age ary
ical fig ile ker ner der ter ation ating ated ates ize izer able ible ward ware work file name time base line path port host net
ly ck ct st nd nt ng th sh ch ph qu ll ss tt rr pp ff ee oo ea ou ai au ie io ia ua ue`
  .split(/\s+/)
  .filter((piece) => piece !== '')

/** Word pieces by id, shaped like BERT's: special tokens at their places, characters, words, endings, made-up pieces. */
export function makeVocabulary(size: number, seed: number): readonly string[] {
  const pieces = new Set<string>()
  const wanted = Object.entries(specials)
  for (let id = 0; id <= specials['[MASK]']; id++) {
    pieces.add(wanted.find(([, place]) => place === id)?.[0] ?? `[unused${id}]`)
  }
  for (const piece of allRealPieces()) pieces.add(piece)
  const nextBits = createRandomBits(seed)
  while (pieces.size < size) pieces.add(makeUpPiece(nextBits))
  return [...pieces].slice(0, size)
}

function* allRealPieces(): Generator<string> {
  const characters = Array.from({ length: 94 }, (_, n) => String.fromCharCode(33 + n)).filter((c) => c === c.toLowerCase())
  yield* characters
  yield* characters.map((character) => `##${character}`)
  yield* words
  yield* frequentWords
  yield* endings.map((ending) => `##${ending}`)
  for (const first of 'bcdfghklmnprstvwyz')
    for (const second of 'aeiou') yield* [`${first}${second}`, `##${first}${second}`, `##${second}${first}`]
}

function makeUpPiece(nextBits: () => number): string {
  const letters = Array.from({ length: 3 + (nextBits() % 5) }, () => String.fromCharCode(97 + (nextBits() % 26))).join('')
  return nextBits() % 4 === 0 ? `##${letters}` : letters
}
