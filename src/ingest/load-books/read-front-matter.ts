import { parseDocument } from 'yaml'

/** What a file says of itself in the YAML block at its head, as far as a book can use it. */
export interface FrontMatter {
  readonly title?: string
  readonly authors?: readonly string[]
  readonly year?: number
  readonly edition?: string
}

interface FrontMatterReading {
  readonly fields: FrontMatter
  /** Where the text after the block begins; 0 without one. */
  readonly endOffset: number
  /** Why the block could not be read as YAML. */
  readonly problem?: string
}

const block = /^---[ \t]*(?:\r\n?|\n)([\s\S]*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)/
const keyLine = /^["']?[\w-]+["']?[ \t]*:(?:\s|$)/
const maxLength = 100_000

/**
 * The front matter of a text. A first `---` that opens no block of `key: value` lines is a slide separator and stays text. Broken YAML
 * is reported, its plain `key: value` lines are used all the same. Nothing in it is ever executed.
 */
export function readFrontMatter(text: string): FrontMatterReading {
  const match = text.startsWith('---') ? block.exec(text.slice(0, maxLength)) : null
  const source = match?.[1] ?? ''
  if (match === null || !looksLikeYaml(source)) return { fields: {}, endOffset: 0 }
  const { values, problem } = parseYaml(source)
  return { fields: toFields(values), endOffset: match[0].length, ...(problem === undefined ? {} : { problem }) }
}

function looksLikeYaml(source: string): boolean {
  const firstLine = source.split(/\r\n?|\n/).find((line) => line.trim() !== '' && !line.startsWith('#'))
  return firstLine === undefined ? source.trim() === '' : keyLine.test(firstLine)
}

function parseYaml(source: string): { values: Readonly<Record<string, unknown>>; problem?: string } {
  try {
    const document = parseDocument(source, { schema: 'core', prettyErrors: true, logLevel: 'silent', uniqueKeys: false })
    const [error] = document.errors
    if (error !== undefined) throw error
    const value: unknown = document.toJS({ maxAliasCount: 50 })
    if (value === null || value === undefined) return { values: {} }
    if (typeof value !== 'object' || Array.isArray(value)) throw new Error('It holds no `key: value` lines.')
    return { values: { ...value } }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { values: readPlainLines(source), problem: message.split('\n')[0] ?? message }
  }
}

// Most broken blocks only have a colon in an unquoted title.
function readPlainLines(source: string): Readonly<Record<string, string>> {
  const lines = source.matchAll(/^([\w-]{1,40})[ \t]*:[ \t]*(\S.*?)[ \t]*\r?$/gm)
  return Object.fromEntries([...lines].map(([, key = '', value = '']) => [key, value.replace(/^(["'])(.*)\1$/, '$2')]))
}

function toFields(values: Readonly<Record<string, unknown>>): FrontMatter {
  const title = toWords(values.title)
  const authors = toNames(values.authors ?? values.author)
  const edition = toWords(values.edition)
  const year = [values.year, values.date, values.timestamp, values.published].map(toYear).find((value) => value !== undefined)
  return {
    ...(title === undefined ? {} : { title }),
    ...(authors.length === 0 ? {} : { authors }),
    ...(edition === undefined ? {} : { edition }),
    ...(year === undefined ? {} : { year }),
  }
}

function toWords(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const words = String(value).replace(/\s+/g, ' ').trim()
  return words === '' ? undefined : words
}

function toNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => toNames(item))
  if (typeof value === 'object' && value !== null && 'name' in value) return toNames(value.name)
  const names = (toWords(value) ?? '').split(/\s*(?:[,;&]|\band\b)\s*/)
  return names.filter((name) => name !== '')
}

function toYear(value: unknown): number | undefined {
  const words = toWords(value) ?? ''
  // Ten digits are seconds since 1970, thirteen are milliseconds.
  if (/^\d{10}(?:\d{3})?$/.test(words)) return new Date(Number(words.padEnd(13, '0'))).getUTCFullYear()
  const year = /(?<!\d)(?:19|20)\d\d(?!\d)/.exec(words)?.[0]
  return year === undefined ? undefined : Number(year)
}
