/**
 * Lines of at most `columns` characters, broken between words; the lines after the first begin with `indent`. A command in
 * backticks stays on one line so that it can be copied, and a word that is longer than a line stays whole.
 */
export function wrapWords(text: string, columns: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const [word] of text.matchAll(/`[^`]*`\S*|\S+/g)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = `${indent}${word}`
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
