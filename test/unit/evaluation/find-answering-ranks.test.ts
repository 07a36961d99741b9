import { describe, expect, test } from 'vitest'
import { countAnswers, findAnsweringRanks } from '../../../src/evaluation/find-answering-ranks.js'
import { parseQuestions } from '../../../src/evaluation/golden-questions.js'

const passage = (title: string, text = 'words', file = 'a.md') => ({ file, headingPath: ['Chapter', title], text })
const ask = (entry: object) => {
  const [question] = parseQuestions(JSON.stringify([{ question: 'Why?', ...entry }]), 'a.json')
  if (question === undefined) throw new Error('no question')
  return question
}
const section = (title: string, file = 'a.md') => ({ file, title })

describe('findAnsweringRanks', () => {
  test.each([
    {
      name: 'the first passage of each section, each once',
      question: { sections: [section('Ports'), section('Hosts')] },
      found: ['Other', 'Ports', 'Ports', 'Hosts'],
      ranks: [2, 4],
    },
    { name: 'a title with and without its marks', question: { sections: [section('The `-p` flag')] }, found: ['The -p  flag'], ranks: [1] },
    { name: 'not the same title in another file', question: { sections: [section('Ports', 'b.md')] }, found: ['Ports'], ranks: [] },
    { name: 'not a chapter of that title', question: { sections: [section('Chapter')] }, found: ['Ports'], ranks: [] },
    {
      name: 'sections before the phrase, which decides only where none is named',
      question: { sections: [section('Ports')], phrase: 'words' },
      found: ['Other', 'Ports'],
      ranks: [2],
    },
  ])('finds $name', ({ question, found, ranks }) => {
    const passages = found.map((title) => passage(title))
    expect(findAnsweringRanks(ask(question), passages)).toEqual(ranks)
  })

  test('counts a passage for all the places that were folded into it, once', () => {
    const twin = { ...passage('Ports'), alsoAt: [{ file: 'b.md', headingPath: ['Hosts'] }] }
    const question = ask({ sections: [section('Ports'), section('Hosts', 'b.md')] })
    expect(findAnsweringRanks(ask({ sections: [section('Hosts', 'b.md')] }), [passage('Other'), twin])).toEqual([2])
    expect(findAnsweringRanks(question, [twin, passage('Hosts', 'words', 'b.md')])).toEqual([1])
    expect(findAnsweringRanks(question, [passage('Ports'), twin])).toEqual([1, 2])
    expect(findAnsweringRanks(ask({ sections: [section('Hosts')] }), [twin])).toEqual([])
  })

  test('finds a phrase once, whatever its line ends, marks and capitals', () => {
    const passages = [passage('A'), passage('B', 'It **outlives\nthe** container.'), passage('C', 'outlives the container')]
    const question = ask({ phrase: 'Outlives the container' })
    expect(findAnsweringRanks(question, passages)).toEqual([2])
    expect(countAnswers(question)).toBe(1)
  })
})
