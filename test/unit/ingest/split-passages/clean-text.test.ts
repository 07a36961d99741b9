import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from '../../../../src/ingest/split-passages/clean-text.js'
import { markdownArbitrary } from '../../../helpers/markdown-arbitrary.js'

describe('the cleaned text of a passage', () => {
  it.each([
    ['drops tags and keeps their words', 'A <b>bold</b> <font color="red">word</font><br>next', 'A bold word\nnext'],
    ['keeps what a reader must fill in', 'docker run <image> <CONTAINER> <Name>', 'docker run <image> <CONTAINER> <Name>'],
    ['drops scripts and styles with their content', 'a\n\n<script>\nlet x = 1\n\ny()\n</script>\n\n<style>b{}</style>\n\nb', 'a\n\nb'],
    ['drops comments, in lines and over paragraphs', 'a <!-- b --> c\n\n<!--\n\nd\n\n-->\n\ne', 'a c\n\ne'],
    ['drops shortcodes of all kinds', '{% youtube x %} a {{< hint >}}b{{< /hint >}} {{% c %}}', 'a b'],
    ['keeps the templates of Docker itself', 'Use {{.Names}} or {{ .ID }}.', 'Use {{.Names}} or {{ .ID }}.'],
    [
      'drops components and keeps what stands in them',
      '<Tabs>\n<TabItem value="a > b">\n\nText\n\n</TabItem>\n</Tabs>\n\n<Quiz a={[{b: "c>"}]} />',
      'Text',
    ],
    ['drops imports of components', "import Quiz from '../quiz.js'\n\nText", 'Text'],
    ['drops page breaks and attributes', 'a {#b}\n\\newpage\n{: .note }\nc', 'a\n\nc'],
    ['keeps what a backslash escapes', '\\<b\\> \\*a\\* \\{% b %} \\_c\\_ C:\\dir', '<b> *a* {% b %} _c_ C:\\dir'],
    ['decodes entities', '&lt;a&gt; &amp;&nbsp;&#39;&#x41;', "<a> &\u00a0'A"],
    ['keeps the text of links and pictures', '[a](b) [c][d] ![e](f.png) <https://g.example> [^1]', 'a c e https://g.example'],
    ['drops marks of emphasis', '**a** *b* __c__ _d_ ~~e~~ a_b_c 2*3*4', 'a b c d e a_b_c 234'],
    ['keeps the ticks of code and all that they hold', '`<b>` ``a`b`` `{% x %}` `*c*` `&amp;`', '`<b>` ``a`b`` `{% x %}` `*c*` `&amp;`'],
    [
      'joins the cells of a table without padding',
      '| a    | b |\n|:-----|--:|\n| `c|` | **d**  |\n| e \\| f | |',
      'a | b\n`c | `\ne | f |',
    ],
    [
      'joins the cells of a table in HTML',
      '<table>\n<tr><th>a</th>\n<th>b</th></tr>\n<tr><td>c</td><td><tt>d</tt></td></tr>\n</table>',
      'a | b\nc | d',
    ],
    ['spells out alerts', '> [!NOTE]\n> Take care.\n\n> [!WARNING] Now.', 'Note: Take care.\n\nWarning: Now.'],
    ['keeps list markers and nesting', '* a\n  continued\n  + b\n\n3. c\n4. d', '- a continued\n  - b\n\n3. c\n4. d'],
    [
      'keeps code fences as they are',
      'Run:\n\n```bash\n$ docker ps   # <b> *x*\n\n  two\n```\n\nDone.',
      'Run:\n\n```bash\n$ docker ps   # <b> *x*\n\n  two\n```\n\nDone.',
    ],
    ['closes a fence that was cut off', '```yaml\na: 1', '```yaml\na: 1\n```'],
    ['ends a fence that was closed with too few marks', '````sh\na\n```\n**b**', '````sh\na\n````\n\nb'],
    ['keeps code within a list', '- a\n\n  ```sh\n  b\n    c\n  ```', '- a\n  ```sh\n  b\n    c\n  ```'],
    ['fences indented code', 'a\n\n    b *c*\n\nd', 'a\n\n```\nb *c*\n```\n\nd'],
    ['drops separators', 'a\n\n---\n\nb\n\n* * *', 'a\n\nb'],
    ['joins the lines of a paragraph', 'a\nb  \nc\r\nd', 'a b\nc d'],
    ['is empty for nothing', ' \n\t', ''],
  ])('%s', (_name, text, expected) => {
    expect(cleanText(text)).toBe(expected)
  })

  it('reads a part of a fence as code when told how the fence began', () => {
    expect(cleanText('b: *x*\n```\n\nAfter **it**.', { lead: '```yaml' })).toBe('```yaml\nb: *x*\n```\n\nAfter it.')
    expect(cleanText('b: *x*', { lead: '~~~~' })).toBe('~~~~\nb: *x*\n~~~~')
  })

  it('takes any string', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), markdownArbitrary),
        (text) => typeof cleanText(text) === 'string',
      ),
      {
        numRuns: 500,
      },
    )
  })

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['half links', '[a]('.repeat(100_000)],
    ['open comments', '<!-- a '.repeat(50_000)],
    ['open components', '<Quiz a={ '.repeat(50_000)],
    ['open shortcodes', '{% a '.repeat(100_000)],
    ['growing ticks', Array.from({ length: 800 }, (_run, at) => '`'.repeat(at + 1)).join(' ')],
    ['quotes in quotes', '>'.repeat(100_000)],
    ['stars', '*a_ '.repeat(100_000)],
  ])('survives hundreds of kilobytes of %s', (_name, text) => {
    expect(() => cleanText(text)).not.toThrow()
  })
})
