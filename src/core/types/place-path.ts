/** Book, chapter and section as readers see them; a chapter named like its book is told once. */
export function toPlacePath(bookTitle: string, headingPath: readonly string[]): string {
  const path = headingPath[0] === bookTitle ? headingPath : [bookTitle, ...headingPath]
  return path.join(' › ')
}
