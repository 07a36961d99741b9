/** A token that must stand in the passage letter by letter: a flag, a number with its unit, a path, a port mapping, a name. */
export interface Literal {
  readonly kind: 'flag' | 'number' | 'path' | 'name' | 'mapping'
  /** Case kept: `-P` is not `-p`. Numbers with their unit in short: `512m`, `10s`. */
  readonly text: string
  /** A count in words or an acronym: a paraphrase may add it. */
  readonly isSoft?: true
}

const chunkPattern = /[^\s`"'“”‘’()[\]{}<>|,;…]+/gu
const flag = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/
const number = /^(\d+(?:[.,]\d+)*)([a-zA-Z%]{0,5})$/
const mapping = /^(?:\d[\d.]*:)?\d+:\d+(?:\/(?:tcp|udp))?$/
const path = /^(?:~|\.{1,2})?\/[\w.@-]/
const placeholder = /^(?:NAME|IMAGE|FILE|PATH|PORT|CONTAINER|COMMAND|TAG|HOST|DIR|TEXT|REPOSITORY|SOURCE|TARGET|VALUE|KEY|NODE|SERVICE)$/
const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const units: Readonly<Record<string, string>> = {
  ...{ s: 's', sec: 's', secs: 's', second: 's', seconds: 's', ms: 'ms', millisecond: 'ms', milliseconds: 'ms' },
  ...{ m: 'm', min: 'm', mins: 'm', minute: 'm', minutes: 'm', mb: 'm', mib: 'm', megabyte: 'm', megabytes: 'm' },
  ...{ h: 'h', hour: 'h', hours: 'h', d: 'd', day: 'd', days: 'd', week: 'w', weeks: 'w', year: 'y', years: 'y' },
  ...{ k: 'k', kb: 'k', kib: 'k', kilobyte: 'k', kilobytes: 'k', g: 'g', gb: 'g', gib: 'g', gigabyte: 'g', gigabytes: 'g' },
  ...{ t: 't', tb: 't', tib: 't', '%': '%', percent: '%' },
}

/** The literal tokens of a text, in reading order; a token may stand there twice. */
export function readLiterals(text: string): readonly Literal[] {
  const chunks = [...text.normalize('NFKC').matchAll(chunkPattern)].map(([chunk]) => trimPunctuation(chunk))
  return chunks.flatMap((chunk, position) => toLiterals(chunk, chunks[position + 1] ?? ''))
}

function toLiterals(chunk: string, next: string): readonly Literal[] {
  const [, name = '', value = ''] = flag.exec(chunk) ?? []
  if (name !== '') return [...splitFlag(name), ...toValue(value)]
  const [, digits = '', unit = ''] = number.exec(chunk) ?? []
  if (digits !== '') return toNumber(digits, unit === '' ? next : unit)
  const counted = words.indexOf(chunk.toLowerCase())
  // "One" is an article as often as a number.
  if (counted >= 0) return counted === 1 ? [] : [{ kind: 'number', text: `${counted}${units[next.toLowerCase()] ?? ''}`, isSoft: true }]
  if (mapping.test(chunk)) return [{ kind: 'mapping', text: chunk }]
  if (path.test(chunk)) return [{ kind: 'path', text: chunk.replace(/\/+$/, '') }]
  if (/^\p{Lu}[\p{Lu}\d]*(?:_[\p{Lu}\d]+)*$/u.test(chunk) && chunk.length > 1) return toCapitals(chunk)
  if (/[\p{L}\p{N}][._:@/=][\p{L}\p{N}]/u.test(chunk) || /\p{L}\p{N}|\p{N}\p{L}/u.test(chunk)) return toName(chunk)
  return []
}

function toValue(value: string): readonly Literal[] {
  return /^[a-z][a-z-]*$/.test(value) ? [{ kind: 'name', text: value }] : toLiterals(value, '')
}

// `-it` is `-i` and `-t`.
function splitFlag(name: string): readonly Literal[] {
  const letters = /^-[a-z]{2,3}$/.test(name) ? [...name.slice(1)].map((letter) => `-${letter}`) : [name]
  return letters.map((text) => ({ kind: 'flag', text }))
}

function toNumber(digits: string, unit: string): readonly Literal[] {
  return [{ kind: 'number', text: `${digits.replaceAll(',', '')}${units[unit.toLowerCase()] ?? ''}` }]
}

function toCapitals(chunk: string): readonly Literal[] {
  if (placeholder.test(chunk)) return []
  return [chunk.includes('_') ? { kind: 'name', text: chunk } : { kind: 'name', text: chunk, isSoft: true }]
}

// `e.g.` and `and/or` are no names.
function toName(chunk: string): readonly Literal[] {
  return /^(?:\p{L}\.)+\p{L}?$/u.test(chunk) || /^\p{Ll}+\/\p{Ll}+$/u.test(chunk) ? [] : [{ kind: 'name', text: chunk }]
}

function trimPunctuation(chunk: string): string {
  return chunk.replace(/^[*_!?:=$#]+/, '').replace(/[*_!?:=.]+$/, '')
}

/** The literals of a passage, made ready to be asked for. */
export class LiteralSet {
  readonly #texts: ReadonlySet<string>
  readonly #numbers: ReadonlyMap<string, ReadonlySet<string>>
  readonly #paths: readonly string[]
  readonly #source: string

  constructor(text: string) {
    const literals = readLiterals(text)
    this.#source = text
    this.#texts = new Set(literals.map((literal) => literal.text))
    this.#paths = literals.filter(({ kind }) => kind === 'path' || kind === 'name').map((literal) => literal.text)
    const numbers = new Map<string, Set<string>>()
    for (const { kind, text: value } of literals) {
      if (kind === 'mapping' || kind === 'name') for (const part of value.match(/\d+(?:\.\d+)*/g) ?? []) addTo(numbers, part, '')
      if (kind !== 'number') continue
      const [, digits = '', unit = ''] = /^([\d.]+)(.*)$/.exec(value) ?? []
      addTo(numbers, digits, unit)
    }
    this.#numbers = numbers
  }

  /** A number without a unit stands for the same number with one; a path for the beginning of a longer one. */
  has({ kind, text }: Literal): boolean {
    if (this.#texts.has(text)) return true
    switch (kind) {
      case 'number':
        return this.#hasNumber(text)
      case 'path':
        return this.#paths.some((known) => known.startsWith(`${text}/`) || known.endsWith(text))
      case 'mapping':
        return this.#source.includes(text) || (!this.#texts.has(turn(text)) && text.split(':').every((part) => this.#numbers.has(part)))
      case 'name':
        return (
          this.#hasWord(text) ||
          this.#paths.some((known) => known.endsWith(`/${text}`)) ||
          (/^\p{Lu}/u.test(text) && this.#texts.has(text.replace(/S$/, '')))
        )
      case 'flag':
        return false
    }
  }

  #hasWord(text: string): boolean {
    return new RegExp(`(?<![\\w-])${text.replace(/[^\w\s]/g, '\\$&')}(?![\\w-])`).test(this.#source)
  }

  #hasNumber(text: string): boolean {
    const [, digits = '', unit = ''] = /^([\d.]+)(.*)$/.exec(text) ?? []
    const known = this.#numbers.get(digits)
    return known !== undefined && (unit === '' || known.has(unit) || known.has(''))
  }
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value))
}

function turn(text: string): string {
  return text.split(':').reverse().join(':')
}
