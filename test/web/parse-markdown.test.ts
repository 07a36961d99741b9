import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block, Inline } from '../../src/web/client/markdown-tree.js'
import { parseMarkdown } from '../../src/web/client/parse-blocks.js'

/** The tree as short text, to compare with: `p(...)`, `b(...)` for bold, `i(...)`, `c(...)` for code, `#1` for a marker. */
function show(nodes: readonly (Block | Inline)[]): string {
  return nodes.map(showOne).join('')
}

function showOne(node: Block | Inline): string {
  switch (node.kind) {
    case 'paragraph':
      return `p(${show(node.children)})`
    case 'heading':
      return `h${node.level}(${show(node.children)})`
    case 'fence':
      return `fence:${node.language}(${node.text})`
    case 'table':
      return `table(${[node.head, ...node.rows].map((row) => row.map(show).join('|')).join('/')})`
    case 'list':
      return `${node.isOrdered ? `ol${node.first}` : 'ul'}(${node.items.map((item) => `li(${show(item)})`).join('')})`
    case 'quote':
      return `quote(${show(node.children)})`
    case 'rule':
      return 'rule'
    case 'text':
      return node.text
    case 'code':
      return `c(${node.text})`
    case 'marker':
      return `#${node.n}`
    case 'strong':
      return `b(${show(node.children)})`
    case 'emphasis':
      return `i(${show(node.children)})`
    case 'link':
      return `a:${node.href}(${show(node.children)})`
    case 'break':
      return '<br>'
  }
}

test.for([
  ['a paragraph of two lines', 'one\ntwo\n\nthree', 'p(one\ntwo)p(three)'],
  ['bold, emphasis and both', '**a** *b* ***c*** __d__ _e_', 'p(b(a) i(b) b(i(c)) b(d) i(e))'],
  ['emphasis inside bold', '**a *b* c**', 'p(b(a i(b) c))'],
  ['bold that is not closed yet', 'a **b', 'p(a **b)'],
  ['stars with blanks around', '2 * 3 * 4', 'p(2 * 3 * 4)'],
  ['underscores inside a word', 'DOCKER_HOST_IP and my_file', 'p(DOCKER_HOST_IP and my_file)'],
  ['a code span with stars and a marker', '`a **b** [1]` x', 'p(c(a **b** [1]) x)'],
  ['a code span of two back-ticks', '`` a`b ``', 'p(c(a`b))'],
  ['a code span that is not closed yet', 'use `docker ps', 'p(use `docker ps)'],
  ['markers', 'a [1][2] b [3, 4].', 'p(a #1#2 b #3#4.)'],
  ['brackets that are no marker', 'a [x] [1a] []', 'p(a [x] [1a] [])'],
  ['a link to the web', '[docs](https://docs.docker.com/a)', 'p(a:https://docs.docker.com/a(docs))'],
  ['a link that would run code', '[x](javascript:alert(1))', 'p([x](javascript:alert(1)))'],
  ['a picture', '![logo](https://example.com/a.png) x', 'p(logo x)'],
  ['inline tags of an article', '<b>Docker</b> is <i>one <tt>tool</tt></i>', 'p(b(Docker) is i(one i(tool)))'],
  ['inline tags that do not match', 'a <b>c </i> </b', 'p(a <b>c </i> </b)'],
  ['a tag with an attribute', '<b onclick=x>a</b>', 'p(<b onclick=x>a</b>)'],
  ['HTML', '<script>alert(1)</script>', 'p(<script>alert(1)</script>)'],
  ['escapes', '\\*a\\* \\[1\\]', 'p(*a* [1])'],
  ['a hard break', 'a  \nb\\\nc', 'p(a<br>b<br>c)'],
  ['headings', '# A\n### B **c** ##\ntext', 'h1(A)h3(B b(c))p(text)'],
  ['a heading that ends in a number sign', '## C#\n## A #', 'h2(C#)h2(A)'],
  ['a fence with blank lines', '```bash\ndocker ps\n\n# [1]\n```\nafter', 'fence:bash(docker ps\n\n# [1])p(after)'],
  ['a fence that is still open', 'a\n~~~\nb', 'p(a)fence:(b)'],
  ['a list', '- a\n- b\n  more\n* c', 'ul(li(p(a))li(p(b\nmore))li(p(c)))'],
  ['a list with blank lines, then text', '1. a\n\n2. b\n\ntext', 'ol1(li(p(a))li(p(b)))p(text)'],
  ['a list that begins with 3', '3) a\n4) b', 'ol3(li(p(a))li(p(b)))'],
  ['a list in a list', '1. a\n  - b\n    - c\n2. d', 'ol1(li(p(a)ul(li(p(b)ul(li(p(c))))))li(p(d)))'],
  ['a fence in a list', '- a\n  ```\n  x\n    y\n  ```\n- b', 'ul(li(p(a)fence:(x\n  y))li(p(b)))'],
  ['a bullet list after a numbered one', '1. a\n- b', 'ol1(li(p(a)))ul(li(p(b)))'],
  ['a year at the start of a line', 'It came in\n2013. Then', 'p(It came in\n2013. Then)'],
  ['a quote with a list', '> a\n> - b\n\nc', 'quote(p(a)ul(li(p(b))))p(c)'],
  ['a rule', 'a\n\n---\nb', 'p(a)rulep(b)'],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |\nafter', 'table(a|b/1|2)p(after)'],
  ['bars inside code and escaped bars in a table', '| `a|b` | c \\| d |\n| - | - |\n| **e** | f [1] |', 'table(c(a|b)|c | d/b(e)|f #1)'],
  ['a table whose second line is still to come', '| a | b |', 'fence:(| a | b |)'],
  ['Windows line ends', 'a\r\n\r\n- b\r\n', 'p(a)ul(li(p(b)))'],
  ['nothing', '\n \n', ''],
])('%s', ([, markdown = '', expected]) => {
  expect(show(parseMarkdown(markdown))).toBe(expected)
})

const written = fc.array(
  fc.constantFrom('a', 'b c', '**', '*', '_', '`', '[1]', '\n', '\n\n', '- ', '1. ', '> ', '  ', '```', '# ', '|', '\\', '\r\n'),
  {
    maxLength: 60,
  },
)

test('every piece of text stands in the Markdown where the tree says', () => {
  fc.assert(
    fc.property(written, (pieces) => {
      const markdown = pieces.join('')
      for (const { text, start } of piecesOf(parseMarkdown(markdown))) {
        const there = markdown.slice(start, start + text.length)
        if (there.startsWith('\r')) expect(text).toBe('\n')
        else expect(there).toBe(text)
      }
    }),
  )
})

test('no letter of the Markdown is lost or doubled', () => {
  fc.assert(
    fc.property(written, (pieces) => {
      const markdown = pieces.join('')
      const count = (text: string) => text.replace(/[^abc]/g, '').length
      // The word behind a fence names its language.
      fc.pre(!/(```|~~~)/.test(markdown))
      const tree = parseMarkdown(markdown)
      expect(count([...piecesOf(tree), ...fencesOf(tree)].map(({ text }) => text).join(''))).toBe(count(markdown))
    }),
  )
})

test.for([
  ['back-tick runs', Array.from({ length: 300 }, (_, index) => '`'.repeat(index + 1)).join(' ')],
  ['open stars', '*a '.repeat(20_000)],
  ['open bold in turn with underscores', '**a _b '.repeat(10_000)],
  ['open brackets', '['.repeat(50_000)],
  ['deep quotes', `${'> '.repeat(5000)}x`],
  ['deep lists', Array.from({ length: 1000 }, (_, index) => `${' '.repeat(index * 2)}- a`).join('\n')],
  ['blanks in the middle of lines', `# a${' '.repeat(50_000)}b\n\na${' '.repeat(50_000)}b`],
  ['a fence that is none', `\`\`\`${'a'.repeat(50_000)}\``],
  ['many paragraphs', 'a\n\n'.repeat(20_000)],
])('hostile text of %s is parsed', ([, markdown = '']) => {
  expect(parseMarkdown(markdown).length).toBeGreaterThan(0)
})

function piecesOf(nodes: readonly (Block | Inline)[]): readonly { text: string; start: number }[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text' || node.kind === 'code') return [node]
    if (node.kind === 'list') return node.items.flatMap((item) => piecesOf(item))
    if (node.kind === 'table') return [node.head, ...node.rows].flat().flatMap((cell) => piecesOf(cell))
    return 'children' in node ? piecesOf(node.children) : []
  })
}

/** Lines of a table that is still to come are shown as they are written. */
function fencesOf(nodes: readonly Block[]): readonly { text: string }[] {
  return nodes.flatMap((node): readonly { text: string }[] => {
    if (node.kind === 'fence') return [node]
    if (node.kind === 'list') return node.items.flatMap((item) => fencesOf(item))
    return node.kind === 'quote' ? fencesOf(node.children) : []
  })
}
