import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/core/errors/app-error.js'
import { loadGoldenQuestions, parseQuestions } from '../../../src/evaluation/golden-questions.js'
import { createTemporaryFolder, writeFiles } from '../../helpers/temporary-folder.js'

const plain = { question: 'What is a volume?', phrase: 'outlives the container' }

describe('parseQuestions', () => {
  test('fills in what people leave out: an id from file and position, a class, empty lists', () => {
    expect(parseQuestions(JSON.stringify([plain, { ...plain, id: 'mine' }]), '/tmp/ship.json')).toEqual([
      { ...plain, id: 'ship-001', class: 'question', patterns: [], reference: '', sections: [] },
      { ...plain, id: 'mine', class: 'question', patterns: [], reference: '', sections: [] },
    ])
  })

  test.each([
    { name: 'broken JSON', text: '[{"question": ]', says: /ship\.json is not valid JSON: / },
    { name: 'an object in place of a list', text: '{}', says: /ship\.json is not a list of questions/ },
    { name: 'a word in place of a question', text: '["Why?"]', says: /ship\.json, question 1: it is not an object such as/ },
    { name: 'an unknown key', entry: { ...plain, pattern: ['x'] }, says: /question 2: the key "pattern" is unknown\./ },
    { name: 'a missing key', entry: { phrase: 'x' }, says: /question 2: the key "question" is missing\./ },
    { name: 'an empty question', entry: { ...plain, question: '  ' }, says: /question 2: "question" is empty\./ },
    { name: 'a number for a text', entry: { ...plain, question: 3 }, says: /question 2: "question" is 3; it takes string\./ },
    {
      name: 'a section without its title',
      entry: { question: 'Why?', sections: [{ file: 'a.md' }] },
      says: /question 2: the key "sections\.0\.title" is missing\./,
    },
    { name: 'a broken pattern', entry: { ...plain, patterns: ['('] }, says: /question 2: "patterns\.0" is not a regular expression\./ },
    { name: 'nothing that answers', entry: { question: 'Why?' }, says: /question 2: it names neither sections nor a phrase/ },
    {
      name: 'an answer to what is not answered',
      entry: { ...plain, class: 'unanswerable' },
      says: /question 2: it is of the class "unanswerable", but/,
    },
    {
      name: 'a follow-up that does not stand alone',
      entry: { ...plain, before: 'How do I keep data?' },
      says: /question 2: it has "before" but no "standalone": a follow-up is asked as it stands alone/,
    },
  ])('refuses $name, naming file and position', ({ text, entry, says }) => {
    const parse = () => parseQuestions(text ?? JSON.stringify([plain, entry]), '/tmp/ship.json')
    expect(parse).toThrow(AppError)
    expect(parse).toThrow(says)
  })
})

describe('loadGoldenQuestions', () => {
  test('reads every JSON file of a folder by name, and nothing else', async () => {
    const folder = await createTemporaryFolder()
    await writeFiles(folder, { 'b.json': JSON.stringify([plain]), 'a.json': JSON.stringify([plain]), 'notes.md': 'no questions' })
    expect((await loadGoldenQuestions(folder)).map(({ id }) => id)).toEqual(['a-001', 'b-001'])
  })

  test('refuses an id that stands twice, a file that is not there and a folder without questions', async () => {
    const folder = await createTemporaryFolder()
    await writeFiles(folder, { 'a.json': JSON.stringify([{ ...plain, id: 'x' }]), 'b.json': JSON.stringify([{ ...plain, id: 'x' }]) })
    await expect(loadGoldenQuestions(folder)).rejects.toThrow('the id "x" stands twice')
    await expect(loadGoldenQuestions(join(folder, 'c.json'))).rejects.toThrow('c.json cannot be read')
    await expect(loadGoldenQuestions(await createTemporaryFolder())).rejects.toThrow('holds no questions')
  })
})
