import { describe, expect, it } from 'vitest'
import { readFrontMatter } from '../../../../src/ingest/load-books/read-front-matter.js'

const read = (yaml: string) => readFrontMatter(`---\n${yaml}\n---\ntext`)

describe('front matter', () => {
  it.each([
    [
      'an article of a course',
      'title: "Client: and daemon"\nauthor: Ann Ames\ntimestamp: 2019-05-01 10:00\ntags: [a, b]\nbooks:\n  - One.md',
      { title: 'Client: and daemon', authors: ['Ann Ames'], year: 2019 },
    ],
    ['several authors in one line', 'authors: Ann Ames, Bo Berg and Cy Cole', { authors: ['Ann Ames', 'Bo Berg', 'Cy Cole'] }],
    ['authors as a list of maps', 'authors:\n  - name: Ann Ames\n  - Bo Berg', { authors: ['Ann Ames', 'Bo Berg'] }],
    ['seconds since 1970', 'timestamp: 1556668800', { year: 2019 }],
    ['an unquoted date and a numeric edition', 'date: 2020-01-02\nedition: 3', { year: 2020, edition: '3' }],
    ['nothing that a book uses', 'layout: post', {}],
    ['a title that is a number', 'title: 2048', { title: '2048' }],
  ])('reads %s', (_name, yaml, expected) => {
    expect(read(yaml)).toEqual({ fields: expected, endOffset: yaml.length + 9 })
  })

  it('knows its end with CRLF, with dots and at the end of the file', () => {
    expect(readFrontMatter('---\r\ntitle: A\r\n---\r\ntext').endOffset).toBe(20)
    expect(readFrontMatter('---\ntitle: A\n...\ntext').endOffset).toBe(17)
    expect(readFrontMatter('---\ntitle: A\n---').endOffset).toBe(16)
    expect(readFrontMatter('---\n---\ntext').endOffset).toBe(8)
  })

  it.each([
    '---\n\n# Slide one\n\n---\n\n# Slide two',
    '---\nJust a paragraph.\n---\ntext',
    '---\ntitle: never closed\n\ntext',
    'text\n---\ntitle: late\n---\n',
  ])('takes %j for text', (text) => {
    expect(readFrontMatter(text)).toEqual({ fields: {}, endOffset: 0 })
  })

  it('reports broken YAML and still uses its plain lines', () => {
    const { fields, endOffset, problem } = read('title: Docker: Up & Running\ndate: 2018-01-01')
    expect(fields).toEqual({ title: 'Docker: Up & Running', year: 2018 })
    expect(endOffset).toBeGreaterThan(0)
    expect(problem).toMatch(/mapping/i)
  })

  it('executes nothing and expands no bombs', () => {
    expect(read('title: !!js/function "function () { throw 1 }"').fields.title).toContain('function')
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (name, at: number) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]\n`)}title: Bomb`
    expect(read(bomb)).toMatchObject({ fields: { title: 'Bomb' }, problem: expect.stringContaining('alias') })
  })
})
