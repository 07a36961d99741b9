const code = /(^ {0,3}(?:`{3,}|~{3,})[\s\S]*?^ {0,3}(?:`{3,}|~{3,})[ \t]*$|`[^`\n]+`)/m
const markdownMarks: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '*', em: '*', code: '`', tt: '`', kbd: '`' }
const inlineTag = /<\/?(b|strong|i|em|code|tt|kbd|u|s|small|span|sub|sup|font|mark)>/gi

/** The answer's Markdown with a book's inline tags as Markdown marks, for readers of plain text; code stays as it is. */
export function showInlineTags(markdown: string): string {
  return markdown
    .split(code)
    .map((part, position) =>
      position % 2 === 1 ? part : part.replace(inlineTag, (_, name: string) => markdownMarks[name.toLowerCase()] ?? ''),
    )
    .join('')
}
