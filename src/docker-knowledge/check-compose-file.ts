import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { type ComposeVocabulary, loadComposeVocabulary } from './vocabulary/compose-vocabulary.js'
import { isStandIn } from './vocabulary/known-values.js'
import type { WordStatus } from './vocabulary/parse-flag.js'

/** What Docker makes of one key of a Compose file, or of a value that is one of a few; `syntax` is text that is no YAML. */
export interface ComposeFinding {
  readonly kind: 'key' | 'value' | 'syntax'
  /** The key alone: `depends_on`; or the value. */
  readonly text: string
  /** The keys from the top of the file, names of one's own included: `services.web.depends_on`. */
  readonly path: string
  readonly status: WordStatus
  readonly note?: string
  /** From 1. */
  readonly line: number
}

interface Walk {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly vocabulary: ComposeVocabulary
  readonly findings: ComposeFinding[]
}

interface Place {
  readonly group: string
  readonly path: readonly string[]
}

const ownVocabulary = loadComposeVocabulary()

/**
 * Every key of a Compose file that is Compose's own to name, in its order, and whether Compose knows it there. `x-` keys and names of one's own are
 * passed over; values are checked where one of a few is taken. `group` tells what the text is a piece of when it is no whole file: `service`, `build`. Never fails.
 */
export function checkComposeFile(text: string, group = 'file', vocabulary: ComposeVocabulary = ownVocabulary): readonly ComposeFinding[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent', prettyErrors: false })
  const findings: ComposeFinding[] = []
  for (const document of 'empty' in documents ? [] : documents) {
    findings.push(...document.errors.map((error) => toSyntaxFinding(error.message, lines.linePos(error.pos[0]).line)))
    walkGroup({ document, lines, vocabulary, findings }, document.contents, { group, path: [] })
  }
  return findings
}

function toSyntaxFinding(message: string, line: number): ComposeFinding {
  return { kind: 'syntax', text: message, path: '', status: 'unknown', line }
}

function walkGroup(walk: Walk, node: Node | null | undefined, { group, path }: Place): void {
  const mapping = resolve(walk, node)
  if (!isMap<Node, Node | null>(mapping)) return
  for (const { key, value } of mapping.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (name === '<<' || name.startsWith('x-')) continue
    const known = walk.vocabulary.get(group)?.get(name)
    const { line } = walk.lines.linePos(key.range?.[0] ?? 0)
    const here = [...path, name]
    const note = known?.note === undefined ? {} : { note: known.note }
    walk.findings.push({ kind: 'key', text: name, path: here.join('.'), status: known?.status ?? 'unknown', ...note, line })
    if (known?.isValue !== undefined) walk.findings.push(...checkValue(walk, resolve(walk, value), { isValue: known.isValue, path: here }))
    if (known?.group === undefined) continue
    const place = { group: known.group, path: here }
    if (known.shape === 'one') walkGroup(walk, value, place)
    else walkMany(walk, value, place)
  }
}

type ValueCheck = { readonly isValue: (value: string) => boolean; readonly path: readonly string[] }

function checkValue({ lines }: Walk, node: Node | null | undefined, { isValue, path }: ValueCheck): readonly ComposeFinding[] {
  if (!isScalar(node) || node.value === null || node.tag === '!reset' || isStandIn(String(node.value))) return []
  const text = String(node.value)
  const { line } = lines.linePos(node.range?.[0] ?? 0)
  return [{ kind: 'value', text, path: path.join('.'), status: isValue(text) ? 'known' : 'unknown', line }]
}

// Where a mapping of names is meant a list of plain names is often allowed too, and the other way round.
function walkMany(walk: Walk, node: Node | null | undefined, { group, path }: Place): void {
  const many = resolve(walk, node)
  if (isSeq<Node>(many)) for (const [at, item] of many.items.entries()) walkGroup(walk, item, { group, path: [...path, String(at)] })
  if (!isMap<Node, Node | null>(many)) return
  for (const { key, value } of many.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (name !== '<<' && !name.startsWith('x-')) walkGroup(walk, value, { group, path: [...path, name] })
  }
}

function resolve({ document }: Walk, node: Node | null | undefined): Node | null | undefined {
  return isAlias(node) ? node.resolve(document) : node
}
