/** Text of a book, a model or a file name as a terminal may be given it: without the control characters that could steer it. */
export function toPrintable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '')
}
