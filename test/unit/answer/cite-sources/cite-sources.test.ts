import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CitedText, SourceCiter } from '../../../../src/answer/cite-sources/cite-sources.js'
import { findMarkers } from '../../../../src/answer/cite-sources/parse-markers.js'
import type { GeneratedPiece } from '../../../../src/core/ports/text-generator.js'
import type { AnswerEvent } from '../../../../src/core/types/answer.js'
import { rankedPassage } from '../../../helpers/ranked-passage.js'

const passages = [
  rankedPassage(
    {
      before: '# Volumes\n\n',
      text: 'A volume keeps its data when the container is removed.\nThe flag `--rm` removes the container.',
      headingPath: ['Volumes'],
    },
    1,
  ),
  rankedPassage(
    {
      before: '# Ports\n\n',
      text: 'The flag `-p 8080:80` publishes port 80 on host port 8080. Ports below 1024 need root.',
      headingPath: ['Ports'],
    },
    2,
  ),
]
const evenRarity = () => 1

function cite(pieces: readonly (string | GeneratedPiece)[]): { cited: CitedText; events: readonly AnswerEvent[]; streamed: string } {
  const citer = new SourceCiter(passages, evenRarity)
  const all = pieces.map((piece): GeneratedPiece => (typeof piece === 'string' ? { kind: 'text', text: piece } : piece))
  const events = [...all, { kind: 'end', complete: true, promptTokens: 1, answerTokens: 1 } as const].flatMap((piece) => citer.push(piece))
  const streamed = events.map((event) => (event.kind === 'delta' ? event.text : '')).join('')
  return { cited: citer.finish(), events, streamed }
}

function expectSound({ markdown, sentences, citations }: CitedText): void {
  expect(citations.map(({ n }) => n)).toEqual(citations.map((_, position) => position + 1))
  for (const { numbers } of findMarkers(markdown)) for (const n of numbers) expect(citations[n - 1]?.n).toBe(n)
  for (const { n, startOffset, endOffset, quote, startLine, endLine } of citations) {
    const ranked = passages.find(({ passage }) => passage.id === citations[n - 1]?.passageId)
    const file = `${ranked?.passage.headingPath[0] === 'Volumes' ? '# Volumes' : '# Ports'}\n\n${ranked?.passage.text}`
    expect(file.slice(startOffset, endOffset)).toBe(quote)
    expect(startLine).toBe(file.slice(0, startOffset).split('\n').length)
    expect(endLine).toBe(file.slice(0, endOffset).split('\n').length)
  }
  for (const { start, end, citations: cited } of sentences) {
    expect(end).toBeGreaterThan(start)
    expect(end).toBeLessThanOrEqual(markdown.length)
    for (const n of cited) expect(citations[n - 1]).toBeDefined()
  }
}

describe("SourceCiter on a model's text", () => {
  test('turns a marker into the exact sentence that supports the statement', () => {
    const { cited } = cite(['A volume keeps its data when the container is removed [1].'])
    expect(cited.citations).toMatchObject([
      {
        n: 1,
        quote: 'A volume keeps its data when the container is removed.',
        startLine: 3,
        endLine: 3,
        url: '/books/book/sections/section#11-65',
      },
    ])
    expect(cited.sentences).toEqual([{ start: 0, end: cited.markdown.length, support: 'supported', citations: [1] }])
    expectSound(cited)
  })

  test('numbers places in the order in which the reader meets them, not as the prompt numbered the passages', () => {
    const { cited } = cite(['`-p 8080:80` publishes port 80 on host port 8080 [2]. A volume keeps its data [1].'])
    expect(cited.markdown).toBe('`-p 8080:80` publishes port 80 on host port 8080 [1]. A volume keeps its data [2].')
    expect(cited.citations.map(({ passageId }) => passageId)).toEqual(['passage-2', 'passage-1'])
    expectSound(cited)
  })

  test.each([
    [
      'an unknown number goes, with the space before it; the passage that supports the sentence comes in',
      'A volume keeps its data [9].',
      'A volume keeps its data. [1]',
    ],
    [
      'a marker behind the full stop belongs to its sentence',
      'A volume keeps its data. [1] Ports below 1024 need root. [2]',
      'A volume keeps its data. [1] Ports below 1024 need root. [2]',
    ],
    ['other bracket styles become ours', 'A volume keeps its data【1】.', 'A volume keeps its data[1].'],
    ['a marker whose passage does not support the sentence is moved', 'Ports below 1024 need root [1].', 'Ports below 1024 need root [1].'],
    ['a sentence without a marker that a passage supports gets one', 'Ports below 1024 need root.', 'Ports below 1024 need root. [1]'],
    ['a marker that nothing supports goes', 'Bananas grow quickly on tropical islands [1].', 'Bananas grow quickly on tropical islands.'],
    [
      'code keeps its brackets',
      'Ports below 1024 need root [2].\n\n```sh\necho $a[1]\n```',
      'Ports below 1024 need root [1].\n\n```sh\necho $a[1]\n```',
    ],
  ])('%s', (_, text, markdown) => {
    const { cited } = cite([text])
    expect(cited.markdown).toBe(markdown)
    expectSound(cited)
  })

  test('a moved marker names the passage that supports the sentence', () => {
    const { cited } = cite(['Ports below 1024 need root [1].'])
    expect(cited.citations).toMatchObject([{ passageId: 'passage-2', quote: 'Ports below 1024 need root.' }])
  })

  test.each([
    ['supported', 'Ports below 1024 need root.'],
    ['weak', 'The flag `-p 9090:90` publishes port 90 on the host port 9090.'],
    ['unsupported', 'Bananas grow quickly on tropical islands.'],
  ])('says that a sentence is %s', (support, text) => {
    expect(cite([text]).cited.sentences.map((sentence) => sentence.support)).toEqual([support])
  })

  test('streams the same text however the pieces are cut', () => {
    const text = 'A volume keeps its data [1], see `x[2]`. Ports below 1024 need root [2][7] and 【1】.\n\n```sh\na[1]\n```\nDone [1, 2].'
    const whole = cite([text])
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const borders = [0, ...[...cuts].sort((left, right) => left - right), text.length]
        const pieces = borders.slice(1).map((end, position) => text.slice(borders[position], end))
        const cut = cite(pieces)
        expect(cut.streamed).toBe(whole.streamed)
        expect(cut.cited).toEqual(whole.cited)
        expectSound(cut.cited)
      }),
    )
  })

  test('is sound for any text', () => {
    const part = fc.constantFrom(
      'A volume keeps its data',
      ' [1]',
      '[2]',
      '[3]',
      '. ',
      '\n\n',
      '`',
      '```\n',
      '- ',
      'Ports need root',
      ' 【2】',
      '[',
      ']',
      '|a|\n|-|\n',
      '\\',
      ' x ',
      '# ',
      '> ',
    )
    fc.assert(fc.property(fc.array(part, { maxLength: 30 }), (parts) => expectSound(cite([parts.join('')]).cited)))
  })

  test('announces each citation once, before the text that shows it', () => {
    const { events } = cite(['A volume keeps its data [1]. ', 'A volume keeps its data [1]. ', 'Ports below 1024 need root [2].'])
    const kinds = events.map((event) =>
      event.kind === 'citation' ? `citation ${event.citation.n}` : event.kind === 'delta' ? event.text : event.kind,
    )
    expect(kinds.filter((kind) => kind.startsWith('citation'))).toEqual(['citation 1', 'citation 2'])
    expect(kinds.indexOf('citation 1')).toBeLessThan(kinds.findIndex((kind) => kind.includes('[1]')))
  })
})

describe('SourceCiter on quoted pieces', () => {
  const quoted = (passage: number, text: string): GeneratedPiece => {
    const ranked = passages[passage - 1]
    const start = (ranked?.passage.startOffset ?? 0) + (ranked?.passage.text.indexOf(text) ?? 0)
    return { kind: 'quoted', text, place: { passageNumber: passage, startOffset: start, endOffset: start + text.length } }
  }

  test('puts the marker behind the quote and calls it supported', () => {
    const { cited, streamed } = cite([
      quoted(2, 'Ports below 1024 need root.'),
      '\n\n',
      quoted(1, 'The flag `--rm` removes the container.'),
    ])
    expect(cited.markdown).toBe('Ports below 1024 need root. [1]\n\nThe flag `--rm` removes the container. [2]')
    expect(streamed).toBe(cited.markdown)
    expect(cited.sentences.map(({ support, citations }) => [support, citations])).toEqual([
      ['supported', [1]],
      ['supported', [2]],
    ])
    expectSound(cited)
  })

  test.each([
    ['below code that stands alone', '```sh\nls\n```', '```sh\nls\n```\n\n[1]'],
    ['behind the sentence that leads to code', 'Run:\n\n```sh\nls\n```', 'Run: [1]\n\n```sh\nls\n```'],
    ['behind the sentence that leads to a table', 'See:\n\n| a |\n|---|', 'See: [1]\n\n| a |\n|---|'],
    ['behind a list item', '- one', '- one [1]'],
  ])('puts the marker %s', (_, text, markdown) => {
    const place = { passageNumber: 1, startOffset: 11, endOffset: 20 }
    expect(cite([{ kind: 'quoted', text, place }]).cited.markdown).toBe(markdown)
  })

  test('shows what a book prints as [1] as text', () => {
    const place = { passageNumber: 1, startOffset: 11, endOffset: 20 }
    const { cited } = cite([{ kind: 'quoted', text: 'As [2] says, `a[2]` is code.', place }])
    expect(cited.markdown).toBe('As \\[2] says, `a[2]` is code. [1]')
    expectSound(cited)
  })
})

describe('SourceCiter on everything that a model may write', () => {
  test.each([
    ['a block quote', '> Whales invented ports on Mars in 1802 [2].', '> Whales invented ports on Mars in 1802.'],
    ['a heading', '## Whales eat cheese and butter [1]', '## Whales eat cheese and butter'],
    ['HTML', '<div>Moon butter tastes of old cheese [1]</div>', '<div>Moon butter tastes of old cheese</div>'],
    ['an indented line', '    moon butter tastes of cheese [2]', '    moon butter tastes of cheese'],
    ['a row of a table', '| a | b |\n|---|---|\n| moon butter | old cheese [1] |', '| a | b |\n|---|---|\n| moon butter | old cheese |'],
  ])('takes the marker from %s that no passage supports', (_, text, markdown) => {
    const { cited } = cite([`Ports below 1024 need root [2].\n\n${text}`])
    expect(cited.markdown).toBe(`Ports below 1024 need root [1].\n\n${markdown}`)
    expect(cited.sentences.map(({ support }) => support)).toContain('unsupported')
    expectSound(cited)
  })

  test('judges ordered items by their words, not by their numbers', () => {
    const { cited } = cite(['1. Ports below 1024 need root [1].\n2. A volume keeps its data when the container is removed [1].'])
    expect(cited.sentences.map(({ support }) => support)).toEqual(['supported', 'supported'])
    expect(cited.citations.map(({ passageId }) => passageId)).toEqual(['passage-2', 'passage-1'])
  })

  test.each([
    ['before a colon', '**Ports** below 1024 [2]: they need root.'],
    ['as a range', 'Ports below 1024 need root [1-2].'],
  ])('leaves no number of the model %s', (_, text) => {
    const { cited } = cite([text])
    expectSound(cited)
    expect(findMarkers(cited.markdown).flatMap(({ numbers }) => numbers)).toEqual([1])
    expect(cited.citations.map(({ passageId }) => passageId)).toContain('passage-2')
  })
})

describe('SourceCiter on the ends and edges of an answer', () => {
  test.each([
    ['[1', 'A volume keeps its data when the container is removed. [1]'],
    [' [1, ', 'A volume keeps its data when the container is removed. [1]'],
    [' 【1†', 'A volume keeps its data when the container is removed. [1]'],
  ])('drops a marker that was cut off: %j', (tail, markdown) => {
    expect(cite([`A volume keeps its data when the container is removed.${tail}`]).cited.markdown).toBe(markdown)
  })

  test.each([
    ['a line of markers', 'Sources: [1], [2]'],
    ['a list with titles', '**Sources:**\n- [1] The Book, Volumes\n- [2] The Book, Ports'],
    ['a numbered list under a heading', '---\n\n## References\n\n1. The Book, Volumes\n2. The Book, Ports'],
    ['definitions', 'Sources:\n\n[1]: http://a\n[2]: http://b'],
  ])('drops the list of sources that a model sets below its answer: %s', (_, list) => {
    const { cited } = cite([`A volume keeps its data [1].\n\n${list}`])
    expect(cited.markdown).toBe('A volume keeps its data [1].')
    expect(cited.citations).toHaveLength(1)
    expectSound(cited)
  })

  test.each([
    ['a sentence about sources', 'Sources of an image are layers and files.'],
    ['a list that goes on with text', '**Sources:**\n- one layer\n\nPorts need root.'],
    ['code', '```yaml\nsources:\n- a\n```'],
  ])('keeps %s', (_, text) => {
    expect(cite([`A volume keeps its data [1].\n\n${text}`]).cited.markdown).toContain(text.split('\n').at(-1))
  })

  test('takes thousands of brackets, in text and in code', () => {
    const code = `\`${'[1]'.repeat(4000)}\`\n\n\`\`\`\n${'[1]\n'.repeat(4000)}\`\`\``
    const { cited } = cite([`A volume keeps its data [1]. ${'['.repeat(20_000)}\n\n${code}`])
    expect(cited.markdown).toContain(code)
    expect(cited.citations).toHaveLength(1)
  })

  test.each(['[1]: http://evil.example "x"', '> [2]: http://evil.example', '- [^1]: Ships sail by night'])(
    'takes away a line that would make a link of our markers: %j',
    (line) => {
      const { cited } = cite([`A volume keeps its data [1].\n\n${line}`])
      expect(cited.markdown).not.toContain('evil')
      expect(cited.markdown).not.toContain(']:')
      expectSound(cited)
    },
  )

  test.each(['Yes [1].', '## [2]', '> [1]', '- [2]', '| [1] | [2] |', '<br>[1]'])('leaves no marker on what says nothing: %j', (text) => {
    const { cited } = cite([text])
    expect(findMarkers(cited.markdown)).toEqual([])
    expect(cited.sentences).toEqual([])
    expect(cited.citations).toEqual([])
  })

  test('keeps the space before a marker when its neighbour goes', () => {
    expect(cite(['A volume keeps its data [9][1].']).cited.markdown).toBe('A volume keeps its data [1].')
    expect(cite(['A volume keeps its data [2][1].']).cited.markdown).toBe('A volume keeps its data [1].')
  })

  test('escapes a line of a quoted book that would make a link of our markers', () => {
    const place = { passageNumber: 1, startOffset: 11, endOffset: 20 }
    expect(cite([{ kind: 'quoted', text: 'See\n[1]: http://a', place }]).cited.markdown).toBe('See\n\\[1]: http://a [1]')
  })
})
