import fc from 'fast-check'

const words = fc.constantFrom(
  'docker',
  'container',
  'the',
  'image',
  '`--rm`',
  '**volume**',
  'a_b',
  '<image>',
  'https://x.example',
  '容器',
  '🐳',
  'e.g.',
  '&amp;',
  '\\*',
)
const sentence = fc.array(words, { minLength: 1, maxLength: 25 }).map((list) => `${list.join(' ')}.`)
const paragraph = fc
  .array(sentence, { minLength: 1, maxLength: 12 })
  .chain((list) => fc.constantFrom(' ', '\n').map((gap) => list.join(gap)))
const codeLine = fc.constantFrom(
  '$ docker run --rm -it alpine',
  '# a comment',
  '',
  '    indented: yes',
  '---',
  '- item',
  `${'x'.repeat(300)}`,
)
const code = fc.array(codeLine, { maxLength: 40 }).map((lines) => lines.join('\n'))
const fence = fc.tuple(code, fc.constantFrom('```', '~~~', '````')).map(([body, marks]) => `${marks}bash\n${body}\n${marks}`)
const brokenFence = code.map((body) => `\`\`\`\`\n${body}\n\`\`\``)
const item = fc.oneof(
  sentence.map((text) => `- ${text}`),
  sentence.map((text) => `1. ${text}`),
  fc.tuple(sentence, fence).map(([text, block]) => `- ${text}\n\n${block.replace(/^/gm, '  ')}\n`),
  sentence.map((text) => `  - ${text}`),
)
const list = fc.array(item, { minLength: 1, maxLength: 20 }).map((items) => items.join('\n'))
const row = fc.tuple(words, sentence).map(([name, text]) => `| ${name.padEnd(60)} | ${text.padEnd(120)} |`)
const table = fc.array(row, { maxLength: 25 }).map((rows) => ['| Name | Text |', '|---|---|', ...rows].join('\n'))
const heading = fc.tuple(fc.integer({ min: 1, max: 6 }), sentence).map(([level, text]) => `${'#'.repeat(level)} ${text}`)
const oddity = fc.constantFrom(
  '---',
  '***',
  '\\newpage',
  '<!-- a comment\n\n# not a heading -->',
  '<!-- never closed',
  '{% youtube abc %}',
  '{{< hint >}}',
  '![](a.png)',
  '![A whale](a.png)',
  '[link](b.md)',
  '- [one](a.md)\n- [two](b.md)',
  '[ref]: https://x.example',
  '> [!WARNING]\n> Do not.',
  '<Quiz a={[1,\n\n2]} />',
  '<table>\n\n<tr><td>a</td></tr>\n</table>',
  '<details>\n<summary>More</summary>',
  'Title\n=====',
  'Title\n---',
  '```',
  '~~~~',
  '    code',
  '\tcode',
  '#',
  `${'long'.repeat(800)}`,
  '\u2028\u00a0\ufeff',
  '',
)
const block = fc.oneof(
  paragraph,
  paragraph,
  heading,
  heading,
  fence,
  brokenFence,
  list,
  table,
  oddity,
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const lineEnding = fc.constantFrom('\n', '\r\n', '\r')

/** Markdown as books have it and as they should not: all kinds of blocks, broken ones too, with LF, CRLF, CR or a mixture of them. */
export const markdownArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(block, fc.constantFrom('\n', '\n\n', '\n\n\n')), { maxLength: 25 }),
    fc.constantFrom('', '---\ntitle: A title\n---\n', '\n\n'),
    fc.array(lineEnding, { minLength: 1, maxLength: 2 }),
  )
  .map(([blocks, start, endings]) => {
    let at = 0
    const text = start + blocks.map(([content, gap]) => content + gap).join('')
    return text.replace(/\n/g, () => endings[at++ % endings.length] ?? '\n')
  })
