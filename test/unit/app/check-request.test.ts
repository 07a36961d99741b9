import { describe, expect, it } from 'vitest'
import { defaultPassages, longestQuestion, mostPassages, toQuestion } from '../../../src/app/check-request.js'

const book = (id: string, name: string, title: string) => ({ id, name, title, authors: [], format: 'markdown', files: [], sections: [] })
const books = [
  book('up-and-running', 'Docker – Up & Running.md', 'Docker: Up & Running'),
  book('handbook', 'handbook/', 'The Pilotbook handbook'),
]
const dated = [
  { ...book('old', 'Old.md', 'Old notes'), year: 2014 },
  { ...book('new', 'New.md', 'New notes'), year: 2024 },
  book('undated', 'Undated.md', 'Undated notes'),
]
const ask = (question: string, more: object = {}) => toQuestion({ question, ...more }, books)
const refused = (code: string, details: object = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) })

describe('toQuestion', () => {
  it('asks all books for the usual number of passages unless told otherwise', () => {
    expect(ask('What is an image?')).toEqual({ text: 'What is an image?', k: defaultPassages })
  })

  it('takes over years and model', () => {
    expect(ask('Why?', { years: { from: 2014, to: 2016 }, model: 'gemma3', k: 2 })).toEqual({
      text: 'Why?',
      k: 2,
      years: { from: 2014, to: 2016 },
      model: 'gemma3',
    })
  })

  it.each([
    ['spaces around it', '  what? \n', 'what?'],
    ['control characters', 'what\u0000 is\u001b[31m red\u007f?', 'what  is [31m red ?'],
    ['line separators of Unicode', 'what\u2028is\u2029it', 'what is it'],
  ])('drops %s', (_, question, text) => {
    expect(ask(question).text).toBe(text)
  })

  it('keeps tabs and line ends within, and composes accents', () => {
    expect(ask('a\tb\nc cafe\u0301').text).toBe('a\tb\nc caf\u00e9')
  })

  it.each(['', '   ', '\u0000\u0007', '?!…', '\n\t'])('refuses a question without words: %j', (question) => {
    expect(() => ask(question)).toThrow(refused('QUESTION_EMPTY'))
  })

  it.each(['-p', '$', '容器', '8080', '🐳'])('takes %j for a question', (question) => {
    expect(ask(question).text).toBe(question)
  })

  it('refuses a question above the limit and tells both lengths', () => {
    expect(ask('a'.repeat(longestQuestion)).text).toHaveLength(longestQuestion)
    const length = longestQuestion + 1
    expect(() => ask('a'.repeat(length))).toThrow(refused('QUESTION_TOO_LONG', { length, limit: longestQuestion }))
    expect(() => ask('why '.repeat(25_001))).toThrow(refused('QUESTION_TOO_LONG'))
  })

  it.each([1, 6, mostPassages])('takes %i passages', (k) => {
    expect(ask('why?', { k }).k).toBe(k)
  })

  it.each([0, -1, 1.5, mostPassages + 1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d passages, naming the limits', (k) => {
    expect(() => ask('why?', { k })).toThrow(refused('REQUEST_INVALID', { problem: `k is ${k}; it must be a whole number from 1 to 500.` }))
  })

  it.each([
    ['its id', 'up-and-running'],
    ['its file', 'Docker – Up & Running.md'],
    ['its file without the ending', 'Docker – Up & Running'],
    ['its title', 'Docker: Up & Running'],
    ['any case and spaces around', '  DOCKER: up & running '],
  ])('finds a book by %s', (_, name) => {
    expect(ask('why?', { books: [name] }).books).toEqual(['up-and-running'])
  })

  it.each(['handbook', 'handbook/', 'Handbook/', 'the pilotbook HANDBOOK'])('finds a folder by the name %s', (name) => {
    expect(ask('why?', { books: [name] }).books).toEqual(['handbook'])
  })

  it('asks all books when the list is empty', () => {
    expect(ask('why?', { books: [] })).not.toHaveProperty('books')
  })

  it('refuses an unknown book and lists those there are', () => {
    expect(() => ask('why?', { books: ['handbook', 'Moby Dick'] })).toThrow(
      refused('BOOK_UNKNOWN', { book: 'Moby Dick', known: 'up-and-running, handbook' }),
    )
  })

  it('takes over breadth, parts to leave out, and the wish for an explanation', () => {
    expect(ask('why?', { eachBook: true, explain: true, without: ['concepts', 'titles', 'concepts'] })).toEqual({
      text: 'why?',
      k: defaultPassages,
      eachBook: true,
      explain: true,
      without: new Set(['concepts', 'titles']),
    })
    expect(ask('why?', { eachBook: false, explain: false, without: [] })).toEqual({ text: 'why?', k: defaultPassages })
  })

  it('refuses an unknown part to leave out and lists those there are', () => {
    expect(() => ask('why?', { without: ['titles', 'magic'] })).toThrow(
      refused('REQUEST_INVALID', {
        problem: '"magic" is no part of retrieval; there are concepts, asks, titles, neighbours, spelling, meaning.',
      }),
    )
  })

  it('refuses books and years that exclude each other, naming the books with their years', () => {
    const years = { from: 2015, to: 2020 }
    expect(() => toQuestion({ question: 'why?', books: ['old', 'New.md', 'undated'], years }, dated)).toThrow(
      refused('REQUEST_INVALID', {
        problem: 'no book asked is of 2015–2020: "Old notes" (2014), "New notes" (2024), "Undated notes" (year not known).',
      }),
    )
    expect(() => toQuestion({ question: 'why?', books: ['old'], years: { from: 2020, to: 2020 } }, dated)).toThrow(
      refused('REQUEST_INVALID', { problem: 'no book asked is of 2020: "Old notes" (2014).' }),
    )
  })

  it('takes books and years of which one fits, and years alone whatever they are', () => {
    expect(toQuestion({ question: 'why?', books: ['old', 'new'], years: { from: 2014, to: 2016 } }, dated).books).toEqual(['old', 'new'])
    expect(toQuestion({ question: 'why?', years: { from: 1990, to: 1991 } }, dated).years).toEqual({ from: 1990, to: 1991 })
  })
})
