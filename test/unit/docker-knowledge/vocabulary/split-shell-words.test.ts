import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitShellWords } from '../../../../src/docker-knowledge/vocabulary/split-shell-words.js'

const words = (line: string) => splitShellWords(line).map((command) => command.map(({ text }) => text))

const variable = ['$', '{B:-c d}'].join('')

describe('splitShellWords', () => {
  const cases: readonly (readonly [title: string, line: string, expected: readonly (readonly string[])[]])[] = [
    ['cuts at blanks', 'docker  ps\t-a', [['docker', 'ps', '-a']]],
    ['takes quotes off and keeps what they hold together', `a 'b c' "d e" f'g'"h"`, [['a', 'b c', 'd e', 'fgh']]],
    ['takes what is escaped for itself', String.raw`a\ b "c\"d" 'e\'`, [['a b', 'c"d', String.raw`e\ `.trim()]]],
    ['joins continued lines, of PowerShell too', 'a \\\n b \\\r\n c `\n d', [['a', 'b', 'c', 'd']]],
    ['cuts commands at pipes, lists and line ends', 'a | b && c || d; e & f\ng', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
    ['leaves out redirections and their files', 'a 2>/dev/null >out <in b 2>&1 &>all', [['a', 'b']]],
    [
      'reads commands inside substitutions after their own',
      'a $(b $(c)) `d` "$(e "f")"',
      [['a', '$(b $(c))', '`d`', '$(e "f")'], ['b', '$(c)'], ['c'], ['d'], ['e', 'f']],
    ],
    ['takes variables as they stand', `a ${variable}/e $F`, [['a', `${variable}/e`, '$F']]],
    ['drops comments, but no number sign inside a word', 'a#b c # d e', [['a#b', 'c']]],
    ['passes over here-documents', 'a <<EOF | b\nc; d\nEOF\ne', [['a'], ['b'], ['e']]],
    [
      'keeps the placeholders of a manual',
      'a <name> [OPTIONS] [HOST:]PORT I[:T|@D]',
      [['a', '<name>', '[OPTIONS]', '[HOST:]PORT', 'I[:T|@D]']],
    ],
    ['takes an apostrophe without an end for itself', "a don't", [['a', "don't"]]],
    ['has nothing to say of nothing', ' \n# only words', []],
  ]

  it.each(cases)('%s', (_title, line, expected) => {
    expect(words(line)).toEqual(expected)
  })

  it('tells where each word stands, inside substitutions and behind here-documents too', () => {
    const line = 'a <<E\nbody\nE\ndocker rm "$(docker ps -q)"'
    const places = splitShellWords(line).flatMap((command) => command.map(({ start, end }) => line.slice(start, end)))
    expect(places).toEqual(['a', 'docker', 'rm', '"$(docker ps -q)"', 'docker', 'ps', '-q'])
  })

  it('never fails and never loses its place, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab \\\n\'"`$(){}<>|&;#[A]-'), maxLength: 40 }), (line) => {
        for (const { start, end } of splitShellWords(line).flat()) {
          expect(start).toBeLessThanOrEqual(end)
          expect(end).toBeLessThanOrEqual(line.length)
        }
      }),
    )
  })
})
