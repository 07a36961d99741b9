/** A place by file and lines, as people read it: `notes.md, lines 3–9`. */
export function toFilePlace(place: { readonly file: string; readonly startLine: number; readonly endLine: number }): string {
  return `${place.file}, lines ${place.startLine}–${place.endLine}`
}
