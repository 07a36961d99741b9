import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeText } from '../../../src/word-search/analyze-text.js'
import { countDocuments } from '../../../src/word-search/bm25.js'
import { buildTermIndex } from '../../../src/word-search/build-term-index.js'
import { repairSpelling } from '../../../src/word-search/repair-spelling.js'

const toCount = (...bodies: readonly string[]) => {
  const index = buildTermIndex(bodies.map((body) => ({ body, headings: [] })))
  return (term: string) => countDocuments(index, term)
}
const count = toCount(
  'Use detach to run a command in the background and attach to see it, with --detach or the file docker-compose.yml.',
  'EXPOSE names a port. The image nginx:1.25 has layers; a volume keeps data. Containers are listed.',
)

describe('repairSpelling', () => {
  it.each([
    ['a doubled letter too many', 'dettach', 'detach'],
    ['a strange letter too many', 'detatch', 'detach'],
    ['a letter left out', 'comand', 'command'],
    ['a letter left out at the end', 'comman', 'command'],
    ['a doubled letter left out', 'atach', 'attach'],
    ['two letters swapped', 'attahc', 'attach'],
    ['two letters swapped at the end', 'commadn', 'command'],
    ['another letter in a long word', 'conmand', 'command'],
    ['another last letter in a long word', 'commanf', 'command'],
    ['a letter that its stem would hide', 'contaner', 'container'],
    ['a slip in its ending', 'contianer', 'container'],
  ])('finds the word behind %s: %s', (_, typed, meant) => {
    expect(repairSpelling(typed, count)).toBe(meant)
  })

  it.each([
    ['a flag', '--detatch'],
    ['a short flag', '-dt'],
    ['a file name', 'docker-compsoe.yml'],
    ['an image name', 'nginxx:1.25'],
    ['a path', '/var/detatch'],
    ['an instruction', 'EXPOSSE'],
    ['a name', 'Detatch'],
    ['a word with digits', 'detac1h'],
    ['a word with an accent', 'détatch'],
    ['a word of another script', 'контейнер'],
    ['what is no word', ''],
  ])('leaves %s alone: %s', (_, typed) => {
    expect(repairSpelling(typed, count)).toBeUndefined()
  })

  it.each(['prt', 'dta', 'prot', 'imge'])('leaves the short word %s alone, which has too many neighbours', (typed) => {
    expect(repairSpelling(typed, count)).toBeUndefined()
  })

  it('leaves a chain of letters alone that is longer than any word', () => {
    const long = 'a'.repeat(30)
    expect(repairSpelling(`${long}b`, toCount(`${long}c ${long}`))).toBeUndefined()
  })

  it('does not take another letter in a word of six letters for a slip', () => {
    expect(repairSpelling('detash', count)).toBeUndefined()
    expect(repairSpelling('vonume', count)).toBeUndefined()
  })

  it('trusts the first letter', () => {
    expect(repairSpelling('bommand', count)).toBeUndefined()
    expect(repairSpelling('ommand', count)).toBeUndefined()
    expect(repairSpelling('ocmmand', count)).toBeUndefined()
  })

  it('leaves a word two slips away alone', () => {
    expect(repairSpelling('comandd', count)).toBeUndefined()
    expect(repairSpelling('cmomadn', count)).toBeUndefined()
  })

  it('takes the more frequent of two words that are as near', () => {
    expect(repairSpelling('mounti', toCount('mountix mountix mountix', 'mountik', 'mountik'))).toBe('mountik')
    expect(repairSpelling('mounti', toCount('mountix', 'mountix', 'mountik mountik mountik'))).toBe('mountix')
  })

  it('invents nothing: what it gives is one slip away, begins alike, and its stem stands in the books', () => {
    const words = toCount('abcde abcdef acbde aabcde bcdefg bcdeg edcba edcbaa cdeab cdeba')
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(word, (typed) => {
        const meant = repairSpelling(typed, words)
        if (meant === undefined) return
        expect(words(analyzeText(meant)[0] ?? '')).toBeGreaterThan(0)
        expect(meant[0]).toBe(typed[0])
        expect(countSlips(typed, meant)).toBe(1)
      }),
      { numRuns: 1000 },
    )
  })

  it('finds nothing where no book has a word', () => {
    expect(repairSpelling('detatch', toCount())).toBeUndefined()
  })
})

/** Letters inserted, left out, exchanged or swapped with their neighbour, by the table of the textbook. */
function countSlips(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, row) => Array.from({ length: right.length + 1 }, (__, column) => row + column))
  const at = (row: number, column: number) => table[row]?.[column] ?? 0
  for (let row = 1; row <= left.length; row++) {
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const ways = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1)]
      const line = table[row]
      if (line !== undefined) line[column] = Math.min(...ways, ...(swapped ? [at(row - 2, column - 2) + 1] : []))
    }
  }
  return at(left.length, right.length)
}
