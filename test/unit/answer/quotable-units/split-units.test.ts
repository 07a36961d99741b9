import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitSentences } from '../../../../src/answer/quotable-units/split-sentences.js'
import { splitStatements, splitUnits } from '../../../../src/answer/quotable-units/split-units.js'

const sentencesOf = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end))
const kindsOf = (text: string) => splitUnits(text).map(({ kind, text: unit }) => [kind, unit])

describe('splitSentences', () => {
  const cases: readonly (readonly [name: string, text: string, sentences: readonly string[]])[] = [
    ['ends a sentence at a full stop before a capital', 'One is. Two is.', ['One is.', 'Two is.']],
    ['keeps a wrapped line in its sentence', 'The daemon\nruns. It waits.', ['The daemon\nruns.', 'It waits.']],
    [
      'does not end at an abbreviation',
      'Use a base, e.g. Alpine, i.e. a small one. Good.',
      ['Use a base, e.g. Alpine, i.e. a small one.', 'Good.'],
    ],
    ['does not end before a lower-case letter', 'Write node.js code. npm runs it.', ['Write node.js code. npm runs it.']],
    ['leaves code spans whole', 'Run `a. B! c` now. Then stop.', ['Run `a. B! c` now.', 'Then stop.']],
    ['leaves version numbers whole', 'Docker 28.2.2 is out. Get it.', ['Docker 28.2.2 is out.', 'Get it.']],
    ['keeps what closes the sentence', 'It said "stop." Then **it went.** Done!', ['It said "stop."', 'Then **it went.**', 'Done!']],
    ['ends at a colon only with the text', 'Run this: then that.', ['Run this: then that.']],
    ['gives nothing for white space', ' \n ', []],
  ]
  test.each(cases)('%s', (_, text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences)
  })
})

describe('splitUnits', () => {
  test('tells sentences, items, tables and code apart, in order', () => {
    const text = 'A lead. More:\n\n- first item\n  goes on\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nls\n```\nAfter.'
    expect(kindsOf(text)).toEqual([
      ['sentence', 'A lead.'],
      ['sentence', 'More:'],
      ['item', '- first item\n  goes on'],
      ['item', '- second'],
      ['table', '| a | b |\n|---|---|\n| 1 | 2 |'],
      ['code', '```sh\nls\n```'],
      ['sentence', 'After.'],
    ])
  })

  test('keeps an indented fence inside its list item', () => {
    expect(kindsOf('1. Run:\n   ```sh\n   ls\n   ```\n2. Done.')).toEqual([
      ['item', '1. Run:\n   ```sh\n   ls\n   ```'],
      ['item', '2. Done.'],
    ])
  })

  test.each([
    ['a fence without its end', 'Lead.\n\n```sh\nls', ['Lead.']],
    ['a comment', '<!-- asks: a. b. -->\n\nText.', ['Text.']],
    ['a comment over several lines', '<!-- one\n\ntwo -->\nText.', ['Text.']],
    ['a shortcode', '{% youtube abc %}\n\nText.', ['Text.']],
    ['a component and tags on their own', '<Quiz id="1" />\n\n<div>\n\nText.', ['Text.']],
    ['a lone image', '![alt](a.png)\n\nText.', ['Text.']],
    ['a separator', '---\n\nText.', ['Text.']],
  ])('leaves out %s', (_, text, units) => {
    expect(splitUnits(text).map((unit) => unit.text)).toEqual(units)
  })

  test('gives exact slices in order, whatever the text', () => {
    const line = fc.constantFrom(
      '# Head',
      'A word. Two words.',
      '- item',
      '  more',
      '```',
      '~~~',
      '| a |',
      '|---|',
      '',
      '<b>x</b>',
      '    code',
      '1) one',
      '> quote',
      '`a',
      '[1] b.',
    )
    const text = fc
      .array(fc.oneof(line, fc.string()), { maxLength: 25 })
      .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)))
    fc.assert(
      fc.property(text, (markdown) => {
        let last = 0
        for (const unit of splitUnits(markdown)) {
          expect(markdown.slice(unit.start, unit.end)).toBe(unit.text)
          expect(unit.start).toBeGreaterThanOrEqual(last)
          expect(unit.text).toBe(unit.text.trim())
          last = unit.end
        }
      }),
    )
  })
})

test.each([
  [
    'a paragraph that begins with a tag of its line',
    '<b>Docker client</b> is a tool. It asks.',
    ['<b>Docker client</b> is a tool.', 'It asks.'],
  ],
  ['a block quote', '> Mind the data.\n> It stays.\n\nText.', ['> Mind the data.\n> It stays.', 'Text.']],
  ['the words of an alert', '> [!NOTE]\n> Volumes stay.', ['> Volumes stay.']],
])('splitUnits takes %s', (_, text, units) => {
  expect(splitUnits(text).map((unit) => unit.text)).toEqual(units)
})

test('splitStatements gives everything that says something, each on its own', () => {
  const text =
    '# A head\n\n1. One thing. Two things.\n\n> A quote.\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>In HTML</div>\n\n```sh\nls\n```'
  expect(splitStatements(text).map((unit) => unit.text)).toEqual([
    '# A head',
    'One thing.',
    'Two things.',
    '> A quote.',
    '| a | b |',
    '| c | d |',
    '<div>In HTML</div>',
    '```sh\nls\n```',
  ])
})
