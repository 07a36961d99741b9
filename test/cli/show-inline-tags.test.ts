import { expect, test } from 'vitest'
import { showInlineTags } from '../../src/cli/show-inline-tags.js'

test.each([
  ['<b>Docker client</b> is a <i>tool</i>. [1]', '**Docker client** is a *tool*. [1]'],
  ['Press <kbd>q</kbd> or <tt>x</tt> <u>now</u>', 'Press `q` or `x` now'],
  ['`<b>` makes bold', '`<b>` makes bold'],
  ['```html\n<b>x</b>\n```\n<b>y</b>', '```html\n<b>x</b>\n```\n**y**'],
  ['a < b > c <script>x</script>', 'a < b > c <script>x</script>'],
])('showInlineTags turns %j into %j', (markdown, shown) => {
  expect(showInlineTags(markdown)).toBe(shown)
})
