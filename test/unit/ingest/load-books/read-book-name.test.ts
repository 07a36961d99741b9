import { describe, expect, it } from 'vitest'
import { readBookName, toReadableName } from '../../../../src/ingest/load-books/read-book-name.js'

describe('what the name of a book tells', () => {
  it.each([
    [
      'The Docker Book – James Turnbull – v17.03.0',
      { title: 'The Docker Book', authors: ['James Turnbull'], edition: 'v17.03.0', year: 2017 },
    ],
    ['Docker – Up & Running', { title: 'Docker – Up & Running', authors: [] }],
    ['Docker – Up & Running – 2nd Edition', { title: 'Docker – Up & Running', authors: [], edition: '2nd Edition' }],
    ['Docker – Deep Dive – 3rd edition', { title: 'Docker – Deep Dive', authors: [], edition: '3rd edition' }],
    ['Orchestrating Docker', { title: 'Orchestrating Docker', authors: [] }],
    ['Docker in Practice (2019)', { title: 'Docker in Practice', authors: [], year: 2019 }],
    ['Harbour Lights – Ann Ames & Bo Berg – v2', { title: 'Harbour Lights', authors: ['Ann Ames', 'Bo Berg'], edition: 'v2' }],
    ['docker-compose', { title: 'docker-compose', authors: [] }],
  ])('reads %j', (name, expected) => {
    expect(readBookName(name)).toEqual(expected)
  })

  it.each([
    ['01-getting_started', 'Getting started'],
    ['handbook', 'Handbook'],
    ['10. Networks', 'Networks'],
    ['2048', '2048'],
  ])('makes a readable title of %j', (name, expected) => {
    expect(toReadableName(name)).toBe(expected)
  })
})
