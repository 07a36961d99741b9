import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldDuplicates } from '../../../../src/answer/retrieve-passages/fold-duplicates.js'
import { retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import { buildTermIndex } from '../../../../src/word-search/build-term-index.js'
import { type IngestedLibrary, ingestFiles } from '../../../helpers/ingested-library.js'

const kinds = ['oil', 'gas', 'brass', 'glass', 'storm', 'signal', 'mast', 'stern', 'galley', 'cabin', 'harbour', 'pilot']
const page = kinds.map((kind, n) => `Sentence ${n} about lanterns says how a ${kind} lantern burns in weather ${n} of many.`).join(' ')
const optionRows = kinds.slice(0, 8).map((kind, n) => `| --${kind} | ${n} | sets the ${kind} part that a list of lanterns can show |`)
const table = (name: string) =>
  `# docker ${name}\n\nLists lanterns on board.\n\n\`\`\`console\n$ docker ${name} [OPTIONS]\n\`\`\`\n\n| Option | Default | Meaning |\n| --- | --- | --- |\n${optionRows.join('\n')}\n`
const removal = (thing: string, more: string) =>
  `# docker ${thing} rm\n\nUsage: docker ${thing} rm [OPTIONS] ${thing.toUpperCase()} [${thing.toUpperCase()}...]\n\nRemove one or more ${thing}s. ${more}\n`

const books = {
  'old.md': `# Lighting of ships, as it was called\n\n${page}\n`,
  'new.md': `# Lanterns at night\n\n${page}\n`,
  'commands/SUMMARY.md': '# Summary\n\n- [ls](ls.md)\n- [list](list.md)\n- [lanterns](lanterns.md)\n',
  'commands/ls.md': table('lantern ls'),
  'commands/list.md': table('lantern list'),
  'commands/lanterns.md': table('lanterns'),
  'removal.md': [
    removal('volume', 'You cannot remove a volume that a container uses.'),
    removal('network', 'Disconnect its containers first.'),
    removal('container', 'With --force a running one is killed.'),
    removal('image', 'Its tags go with it.'),
  ].join('\n'),
}

describe('passages with nearly the same words', () => {
  let made: IngestedLibrary
  beforeAll(async () => {
    made = await ingestFiles(books)
  })
  afterAll(() => made.close())

  const search = async (text: string, k = 20) => {
    const { passages } = await retrievePassages({ text, k }, { library: made.library })
    return passages.map(({ passage, alsoAt }) => ({ file: passage.file, title: passage.headingPath.at(-1) ?? '', alsoAt }))
  }

  it('are one passage with all its places: a page printed under two names with different titles', async () => {
    const found = (await search('lanterns that burn in a storm')).filter(({ file }) => ['old.md', 'new.md'].includes(file))
    expect(found).toHaveLength(1)
    const other = found[0]?.file === 'old.md' ? 'new.md' : 'old.md'
    expect(found[0]?.alsoAt).toEqual([
      { file: other, headingPath: expect.any(Array), startLine: expect.any(Number), endLine: expect.any(Number) },
    ])
  })

  it('are one passage with all its places: the same table on the pages of three aliases, each with its own name in it', async () => {
    const found = (await search('options that a list of lanterns shows')).filter(({ file }) => file.startsWith('commands/'))
    expect(found).toHaveLength(1)
    const places = [found[0]?.file, ...(found[0]?.alsoAt ?? []).map(({ file }) => file)]
    expect(places.sort()).toEqual(['commands/lanterns.md', 'commands/list.md', 'commands/ls.md'])
  })

  it.each([
    ['a number', 'waits 10 seconds', 'waits 30 seconds'],
    ['a negation', 'is safe at sea', 'is not safe at sea'],
    ['a flag', 'is lit with --oil', 'is lit with --gas'],
  ])('stay apart when they differ in %s: two editions that contradict each other', (_, older, newer) => {
    const bodies = [`${page} The lantern ${older}.`, `${page} The lantern ${newer}.`]
    const index = buildTermIndex(bodies.map((body) => ({ headings: ['Lanterns'], body })))
    expect(foldDuplicates(index, rankAll(2), { count: 5, textOf: (number) => bodies[number] ?? '' })).toHaveLength(2)
  })

  it('make room for others: as many different ones come as were asked for, though copies rank between them', async () => {
    const ranked = await search('lanterns', 20)
    expect(ranked[0]?.alsoAt.length).toBeGreaterThan(0)
    expect(await search('lanterns', 2)).toEqual(ranked.slice(0, 2))
    expect(ranked).toHaveLength(2)
  })

  it('stay apart when only their template is the same: small pages on different things', async () => {
    const found = (await search('docker rm remove options')).filter(({ file }) => file === 'removal.md')
    expect(found.map(({ title }) => title).sort()).toEqual([
      'docker container rm',
      'docker image rm',
      'docker network rm',
      'docker volume rm',
    ])
    expect(found.flatMap(({ alsoAt }) => alsoAt)).toEqual([])
  })
})

const rankAll = (count: number) =>
  Array.from({ length: count }, (_, passageNumber) => ({ passageNumber, scores: { fused: 1 / (passageNumber + 1) } }))
const fold = (bodies: readonly string[], count: number, headings: readonly string[] = []) =>
  foldDuplicates(buildTermIndex(bodies.map((body) => ({ headings, body }))), rankAll(bodies.length), {
    count,
    textOf: (number) => bodies[number] ?? '',
  }).map(({ passageNumber, folded }) => [passageNumber, ...folded])

describe('foldDuplicates', () => {
  const long = kinds.join(' ')

  it('folds into the better one, and names every copy in order', () => {
    expect(fold([long, 'other words entirely', long, long], 5)).toEqual([[0, 2, 3], [1]])
  })

  it('folds a text of which a few words differ, and not one of which many do', () => {
    const words = Array.from({ length: 60 }, (_, n) => `word${n}x`)
    const change = (every: number) => words.map((word, n) => (n % every === 5 ? `other${n}x` : word)).join(' ')
    expect(fold([words.join(' '), change(40)], 5)).toEqual([[0, 1]])
    expect(fold([words.join(' '), change(12)], 5)).toEqual([[0], [1]])
  })

  it('folds short texts only when they are equal', () => {
    expect(fold(['oil lantern burns', 'oil lantern burns', 'oil lantern shines'], 5)).toEqual([[0, 1], [2]])
    const thirteen = [...kinds, 'lantern'].join(' ')
    expect(fold([thirteen, thirteen.replace(/lantern$/, 'candle')], 5)).toEqual([[0], [1]])
    expect(fold(['volume keeps data of the oil lantern', 'volume keeps data of the gas lantern'], 5)).toEqual([[0], [1]])
  })

  it('does not fold the same words in another order', () => {
    expect(fold([long, [...kinds].reverse().join(' ')], 5)).toEqual([[0], [1]])
  })

  it('does not fold a page into one that holds it and much more', () => {
    expect(fold([`${page} ${kinds.map((kind, n) => `more${n}x ${kind} here${n}y`).join(' ')}`, page], 5)).toEqual([[0], [1]])
  })

  it('takes no heed of headings', () => {
    const index = buildTermIndex([
      { headings: ['Lights along the northern quay, as sailors called them'], body: long },
      { headings: ['Illumination reference: commands, aliases and options'], body: long },
    ])
    expect(foldDuplicates(index, rankAll(2), { count: 5, textOf: () => '' }).map(({ folded }) => folded)).toEqual([[1]])
  })

  it('gives as many different ones as asked for, and no more', () => {
    expect(fold([long, long, 'anchor chain', 'capstan bars', 'fender rope'], 2)).toEqual([[0, 1], [2]])
  })

  it('tells also copies that come after the last one kept, as far as four times the count', () => {
    expect(fold([long, 'anchor chain', 'capstan bars', long], 1)).toEqual([[0, 3]])
    expect(fold([long, 'anchor chain', 'capstan bars', 'fender rope', long], 1)).toEqual([[0]])
  })

  it('keeps the order, and names every passage once at most', () => {
    const body = fc.array(fc.constantFrom(...kinds), { maxLength: 40 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(
        fc.array(fc.oneof(body, fc.constant(long), fc.constant(page)), { maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (bodies, count) => {
          const found = fold(bodies, count)
          const firsts = found.map(([first = -1]) => first)
          expect(firsts).toEqual([...firsts].sort((left, right) => left - right))
          expect(found.length).toBeLessThanOrEqual(count)
          expect(new Set(found.flat()).size).toBe(found.flat().length)
          for (const group of found) for (const copy of group.slice(1)) expect(copy).toBeGreaterThan(group[0] ?? 0)
        },
      ),
    )
  })
})
