import { createElement, findPart } from './create-element.js'
import { type Loaded, loadProblem, type Problem, unreachable } from './problem.js'
import { toLinesText, toPlaceTitle } from './show-sources.js'

/** What the reader needs of a section; the service sends more. */
export interface ReaderSection {
  readonly book: { readonly id: string; readonly title: string }
  readonly headingPath: readonly string[]
  readonly file: string
  readonly startLine: number
  readonly endLine: number
  readonly page?: number
  readonly startOffset: number
  readonly text: string
  readonly previousId?: string
  readonly nextId?: string
}

/** A section of a book and, if the address has one, the place in it: offsets into the text of the file. */
export interface Place {
  readonly bookId: string
  readonly sectionId: string
  readonly range?: { readonly start: number; readonly end: number }
}

/** The place that an address such as `/books/b/sections/s#120-180` names; undefined for every other address. */
export function parsePlace({ pathname, hash }: { readonly pathname: string; readonly hash: string }): Place | undefined {
  const [, book, section] = /^\/books\/([^/]+)\/sections\/([^/]+)$/.exec(pathname) ?? []
  if (book === undefined || section === undefined) return undefined
  const [, start, end] = /^#(\d+)-(\d+)$/.exec(hash) ?? []
  const range = start === undefined || end === undefined ? {} : { range: { start: Number(start), end: Number(end) } }
  const [bookId, sectionId] = [decode(book), decode(section)]
  return bookId === undefined || sectionId === undefined ? undefined : { bookId, sectionId, ...range }
}

/** Undefined for an address that somebody has written by hand and wrongly. */
function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** The text cut into what stands before the place, the place, and what follows; without a place all of it comes before. */
export function cutAtPlace(section: Pick<ReaderSection, 'text' | 'startOffset'>, range: Place['range']): readonly [string, string, string] {
  const start = (range?.start ?? 0) - section.startOffset
  const end = (range?.end ?? 0) - section.startOffset
  if (range === undefined || start < 0 || start >= end || end > section.text.length) return [section.text, '', '']
  return [section.text.slice(0, start), section.text.slice(start, end), section.text.slice(end)]
}

/** Opens the reader at the place and scrolls to it. A failure is shown in the reader itself. */
export async function openPlace(place: Place): Promise<void> {
  const dialog = findPart('reader', HTMLDialogElement)
  if (!dialog.open) dialog.showModal()
  showText('Opening the book …', '', [])
  const loaded = await loadSection(place)
  if (loaded.kind === 'failed') {
    showText('This place cannot be opened', '', [describeProblem(loaded.problem)])
    return
  }
  const section = loaded.value
  const [before, quoted, after] = cutAtPlace(section, place.range)
  const mark = createElement('mark', {}, [withoutReturns(quoted)])
  const text = quoted === '' ? [withoutReturns(before)] : [withoutReturns(before), mark, withoutReturns(after)]
  showText(toPlaceTitle(section), `${section.file}, ${toLinesText(section)}`, text)
  linkNeighbour('reader-previous', place.bookId, section.previousId)
  linkNeighbour('reader-next', place.bookId, section.nextId)
  if (quoted === '') findPart('reader-text', HTMLElement).scrollTop = 0
  else mark.scrollIntoView({ block: 'center' })
}

async function loadSection({ bookId, sectionId }: Place): Promise<Loaded<ReaderSection>> {
  try {
    const reply = await fetch(`/api/books/${encodeURIComponent(bookId)}/sections/${encodeURIComponent(sectionId)}`)
    if (!reply.ok) return { kind: 'failed', problem: await loadProblem(reply) }
    return { kind: 'loaded', value: parseSection(await reply.text()) }
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown
    return { kind: 'failed', problem: unreachable }
  }
}

function parseSection(text: string): ReaderSection {
  return JSON.parse(text) as ReaderSection
}

function showText(title: string, where: string, text: readonly (Node | string)[]): void {
  findPart('reader-title', HTMLHeadingElement).textContent = title
  findPart('reader-where', HTMLElement).textContent = where
  findPart('reader-text', HTMLElement).replaceChildren(...text)
  for (const id of ['reader-previous', 'reader-next']) findPart(id, HTMLAnchorElement).hidden = true
}

function describeProblem({ message, remedy }: Problem): string {
  return `${message}\n${remedy}`
}

/** Some browsers draw a carriage return as a sign of its own. */
function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function linkNeighbour(id: string, bookId: string, sectionId: string | undefined): void {
  const link = findPart(id, HTMLAnchorElement)
  link.hidden = sectionId === undefined
  link.href = `/books/${encodeURIComponent(bookId)}/sections/${encodeURIComponent(sectionId ?? '')}`
}
