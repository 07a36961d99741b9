import { analyzeText } from '../../word-search/analyze-text.js'
import { opposites, things, toOppositeKey, toThingKey } from './contrast-pairs.js'
import { type Literal, readLiterals } from './read-literals.js'
import { toCanonical } from './same-words.js'

/** By what a clause differs from its neighbours: a literal token, a command, or a word that is told apart from others. */
export interface Mark {
  readonly kind: Literal['kind'] | 'command' | 'thing' | 'opposite'
  readonly text: string
  /** Terms that the mark itself adds to the clause. */
  readonly terms: readonly string[]
  /** Of a thing: the preposition before it, which tells the container that is made from the one that something is made of. */
  readonly role?: string
}

/** What one clause says: its terms, in which of them it denies something, and its marks in the order in which they stand. */
export interface Clause {
  readonly terms: ReadonlySet<string>
  /** Terms that one denial reaches, for each. */
  readonly denials: readonly ReadonlySet<string>[]
  readonly marks: readonly Mark[]
  /** Whether the next one is of another sentence. */
  readonly endsSentence: boolean
}

const token = /[\p{L}\p{N}_'./:@=$#*&~-]*[\p{L}\p{N}_$#*&~/-]|[.!?,;:()—|]|\n/gu
const sentenceEnd = /^[.!?;\n]$/
const border =
  /^(?:[,:()—]|and|but|while|whereas|because|since|so|if|when|although|though|which|who|where|until|unless|as|therefore|however)$/
const denial = /^(?:never|cannot|nor|nothing|none|nobody|hardly|unless|neither|\p{L}+n't)$/u
/** As many words as "without a host port" and "instead of the image" reach. */
const shortReach = 3
const leastWords = 2
const commands =
  /^(?:attach|build|commit|cp|create|diff|events|exec|export|history|images|import|info|inspect|kill|load|login|logout|logs|pause|port|ps|pull|push|rename|restart|rm|rmi|run|save|scan|search|start|stats|stop|tag|top|unpause|update|version|wait)$/
const preposition = /^(?:of|from|into|in|on|to|by|with|for|inside|at|through|onto|via|before|after|without|over|under)$/
const farthestRole = 3
const placeholder = /^(?:IMAGE|CONTAINER|NETWORK|SERVICE|HOST|PORT|FILE)$/
const vague = new Set('anybody anyone anything anywhere somebody someone something everybody everyone everything everywhere'.split(' '))
const groups =
  /^(?:compose|volume|image|container|network|system|buildx|builder|context|swarm|service|node|stack|secret|config|plugin|manifest)$/

/** A text cut at conjunctions and commas, where what a denial reaches ends too; a single word is left with what follows. */
export function readClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = []
  let words: string[] = []
  let count = 0
  const close = (endsSentence: boolean) => {
    clauses.push({ ...toClause(words), endsSentence })
    words = []
    count = 0
  }
  for (const [word] of toPlain(text).matchAll(token)) {
    const isEnd = sentenceEnd.test(word)
    const isBorder = border.test(word.toLowerCase())
    if (isEnd || (isBorder && count >= leastWords)) close(isEnd)
    if (!isEnd && (!isBorder || word === ',' || word.toLowerCase() === 'unless')) words.push(word)
    if (!isEnd && !isBorder && toTerms(word).length > 0) count++
  }
  close(true)
  return clauses.filter(({ terms }) => terms.size > 0)
}

// Signs inside a code span end no clause, emphasis is no part of a word, and the cells of a row belong together.
function toPlain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/`([^`\n]+)`/g, (_, code: string) => code.replace(/[,;:.()|!?](?=\s|$)|[()|,]/g, ' '))
    .replace(/\*\*|__|[|\n]/g, ' ')
}

function toClause(words: readonly string[]): Omit<Clause, 'endsSentence'> {
  const plain = words.filter((word) => word !== ',')
  const terms = new Set(plain.flatMap(toTerms))
  return { terms, denials: readDenials(words, terms), marks: readMarks(plain) }
}

function readDenials(words: readonly string[], terms: ReadonlySet<string>): readonly ReadonlySet<string>[] {
  return words.flatMap((word, position) => {
    const reach = readReach(words, position)
    if (reach === 0) return []
    const after = words.slice(position + 1).flatMap((next) => [toTerms(next)].filter((own) => own.length > 0))
    const reached = after.slice(0, reach).flat()
    // "Stores no image" denies the storing too, and "stops nothing" has only what stands before it.
    const before = word.toLowerCase() === 'no' ? toTerms(words[position - 1] ?? '') : []
    return [reached.length === 0 ? terms : new Set([...before, ...reached])]
  })
}

/** How many words are denied from here on; 0 when the word denies nothing. */
function readReach(words: readonly string[], position: number): number {
  const lower = words[position]?.toLowerCase() ?? ''
  const next = words[position + 1]?.toLowerCase() ?? ''
  if (lower === 'not') return next === 'only' || next === 'just' || next === ',' ? 0 : Number.POSITIVE_INFINITY
  if (lower === 'no') return next === 'matter' || next === ',' || next === '' ? 0 : Number.POSITIVE_INFINITY
  if (lower === 'nor') return words.some((word) => word.toLowerCase() === 'neither') ? 0 : Number.POSITIVE_INFINITY
  const isInstead =
    (lower === 'instead' && next === 'of') || (lower === 'rather' && next === 'than') || (lower === 'place' && next === 'of')
  if (lower === 'without' || isInstead) return shortReach
  return denial.test(lower) ? Number.POSITIVE_INFINITY : 0
}

function readMarks(words: readonly string[]): readonly Mark[] {
  const told = readLiterals(words.join(' ')).filter(({ kind, isSoft }) => kind === 'number' || isSoft !== true)
  const literals = told.map(({ kind, text }): Mark => ({ kind, text, terms: toTerms(text) }))
  const others = words.flatMap((word, position): readonly Mark[] => {
    if (word === 'docker') return readCommand(words, position)
    const opposite = toOppositeKey(word)
    const thing = toThingKey(word)
    const isThing = things.has(thing) && !placeholder.test(word)
    return [
      ...(opposites.has(opposite) ? [{ kind: 'opposite' as const, text: opposite, terms: toTerms(word) }] : []),
      ...(isThing ? [{ kind: 'thing' as const, text: thing, terms: toTerms(word), role: readRole(words, position) }] : []),
    ]
  })
  return [...others, ...literals]
}

function readRole(words: readonly string[], position: number): string {
  const before = words.slice(Math.max(0, position - farthestRole), position)
  return before.findLast((word) => preposition.test(word.toLowerCase()))?.toLowerCase() ?? ''
}

function readCommand(words: readonly string[], position: number): readonly Mark[] {
  const [first = '', second = ''] = words.slice(position + 1, position + 3)
  const isGroup = groups.test(first) && /^[a-z-]{2,}$/.test(second)
  if (!isGroup && !commands.test(first)) return []
  const parts = isGroup ? [first, second] : [first]
  return [{ kind: 'command', text: parts.join(' '), terms: parts.flatMap(toTerms) }]
}

const termsOf = new Map<string, readonly string[]>()
const mostWords = 20_000

function toTerms(word: string): readonly string[] {
  const known = termsOf.get(word)
  if (known !== undefined) return known
  const terms = vague.has(word.toLowerCase()) ? [] : analyzeText(word).map(toCanonical)
  if (termsOf.size < mostWords) termsOf.set(word, terms)
  return terms
}

/** Each sentence as one clause. */
export function joinSentences(clauses: readonly Clause[]): readonly Clause[] {
  const sentences: Clause[] = []
  let open: Clause | undefined
  for (const clause of clauses) {
    open = open === undefined ? clause : join(open, clause)
    if (!clause.endsSentence) continue
    sentences.push(open)
    open = undefined
  }
  return open === undefined ? sentences : [...sentences, open]
}

function join(first: Clause, second: Clause): Clause {
  return {
    terms: new Set([...first.terms, ...second.terms]),
    denials: [...first.denials, ...second.denials],
    marks: [...first.marks, ...second.marks],
    endsSentence: second.endsSentence,
  }
}
