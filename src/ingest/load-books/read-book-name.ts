/** What the name of a file or folder tells about the book in it. */
export interface BookName {
  readonly title: string
  readonly authors: readonly string[]
  readonly edition?: string
  readonly year?: number
}

const separator = /\s+[–—-]\s+/
const edition =
  /^(?:v\.?\s?\d+(?:\.\d+)*|(?:version|release)\s\S+|\d+(?:\.\d+)+|(?:\S+\s)?edition(?:\s\S+)?|\d+(?:st|nd|rd|th)\sed\.?(?:ition)?)$/i
const person = /^\p{Lu}[\p{L}.'’-]*(?:\s(?:van|von|de|der|la)|\s\p{Lu}[\p{L}.'’-]*){1,3}$/u

/**
 * Reads names such as `The Docker Book – James Turnbull – v17.03.0`: title, authors, edition. A dash alone tells nothing: without an
 * edition behind it, what follows belongs to the title, as in `Docker – Up & Running`. Takes the name without its extension.
 */
export function readBookName(name: string): BookName {
  const inBrackets = /\s*[([]((?:19|20)\d\d)[)\]]/.exec(name)
  const parts = name
    .replace(inBrackets?.[0] ?? '', '')
    .trim()
    .split(separator)
  const last = parts.at(-1) ?? ''
  const found = parts.length > 1 && edition.test(last) ? last : undefined
  const named = found === undefined ? parts : parts.slice(0, -1)
  const authors = found === undefined ? [] : readAuthors(named)
  const title = (authors.length === 0 ? named : named.slice(0, -1)).join(' – ')
  const year = inBrackets?.[1] ?? readReleaseYear(found)
  return {
    title: authors.length === 0 && found === undefined && inBrackets === null ? name : title,
    authors,
    ...(found === undefined ? {} : { edition: found }),
    ...(year === undefined ? {} : { year: Number(year) }),
  }
}

// A one-word title before a two-word part is a title with its subtitle: `Docker – Deep Dive – 3rd Edition`.
function readAuthors(parts: readonly string[]): readonly string[] {
  const last = parts.at(-1) ?? ''
  if (parts.length < 2 || (parts.length === 2 && !parts[0]?.includes(' '))) return []
  const names = last.split(/\s*(?:,|&|\band\b)\s*/)
  return names.every((name) => person.test(name)) ? names : []
}

// Docker's own releases are named after year and month: v17.03 is of March 2017.
function readReleaseYear(version: string | undefined): string | undefined {
  const release = /^v?(1[3-9]|2\d)\.(?:0[1-9]|1[0-2])\b/i.exec(version ?? '')
  return release === null ? /(?<!\d)(?:19|20)\d\d(?!\d)/.exec(version ?? '')?.[0] : `20${release[1]}`
}

/** A folder's or chapter file's name as a title: `01-getting_started` becomes `Getting started`. */
export function toReadableName(name: string): string {
  const words = name
    .replace(/^\d+[\s._-]+(?=\S)/, '')
    .replace(/[_-]+(?=\S)/g, ' ')
    .trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
