/** Book, chapter and section as readers see them; a chapter named like its book is told once. */
export function toPlacePath(bookTitle: string, headingPath: readonly string[]): string {
  const path = headingPath[0] === bookTitle ? headingPath : [bookTitle, ...headingPath]
  return path.join(' › ')
}

/** `lines 12–31`, or the page where the book has pages. */
export function toPlaceLines({ startLine, endLine, page }: { startLine: number; endLine: number; page?: number }): string {
  if (page !== undefined) return `page ${page}`
  return startLine === endLine ? `line ${startLine}` : `lines ${startLine}–${endLine}`
}
