import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toBookId, toPassageId, toSectionId } from '../../../core/types/brand.js'
import type { Passage } from '../../../core/types/passage.js'
import { type Falsehood, falsify } from './falsify.js'

/** A sentence, a passage, and whether the one supports the other. */
export interface SupportPair {
  /** Of the true sentence that it was made from: a falsehood is in the same half as its truth. */
  readonly id: string
  readonly kind: 'true' | 'right words, wrong claim' | Falsehood['operator']
  readonly sentence: string
  readonly passage: Passage
  readonly isHeldOut: boolean
}

interface PairFile {
  readonly id: string
  readonly file?: string
  readonly title?: string
  readonly text?: string
  readonly sentences: readonly string[]
  readonly wrong: readonly string[]
}

/** The pairs of a folder of JSON files; passages are sections of books below `corpus`, or stand in the file itself. */
export async function readSupportPairs(folder: string, corpus: string): Promise<readonly SupportPair[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const entries = await Promise.all(names.map(async (name) => parseEntries(await readFile(join(folder, name), 'utf8'))))
  return (await Promise.all(entries.flat().map(async (entry) => toPairs(entry, await readPassage(entry, corpus))))).flat()
}

/** Sections of a Markdown text: heading and body, fences left whole. */
export function cutSections(text: string): readonly { readonly title: string; readonly body: string; readonly start: number }[] {
  const sections: { title: string; body: string; start: number }[] = []
  let isCode = false
  let start = 0
  for (const line of text.split(/(?<=\n)/)) {
    if (/^\s*(?:`{3}|~{3})/.test(line)) isCode = !isCode
    const title = isCode ? undefined : /^#{1,6} +(.*\S)/.exec(line)?.[1]
    start += line.length
    const last = sections.at(-1)
    if (title !== undefined) sections.push({ title, body: '', start })
    else if (last !== undefined) last.body += line
  }
  return sections
}

function parseEntries(text: string): readonly PairFile[] {
  return JSON.parse(text) as readonly PairFile[]
}

async function readPassage({ id, file, title, text }: PairFile, corpus: string): Promise<Passage> {
  if (text !== undefined || file === undefined) return toPassage({ id, file: 'own.md', text: text ?? '', headingPath: [] })
  const sections = cutSections(await readFile(join(corpus, file), 'utf8'))
  const section = sections.find((one) => one.title.replaceAll('`', '') === title?.replaceAll('`', ''))
  if (section === undefined) throw new Error(`${file} has no section "${title}" (pairs "${id}")`)
  const body = section.body.replace(/^<!--.*-->$/gm, '').trim()
  return toPassage({ id, file, text: body, headingPath: [sections[0]?.title ?? '', section.title] })
}

type Sketch = Pick<Passage, 'file' | 'text' | 'headingPath'> & { readonly id: string }

function toPassage({ id, file, text, headingPath }: Sketch): Passage {
  const place = { startOffset: 0, endOffset: text.length, startLine: 1, endLine: text.split('\n').length }
  return {
    id: toPassageId(id),
    bookId: toBookId('handbook'),
    sectionId: toSectionId(id),
    file,
    headingPath,
    ...place,
    text,
    cleanText: text,
  }
}

function toPairs(entry: PairFile, passage: Passage): readonly SupportPair[] {
  const wrong = entry.wrong.map((sentence, position) => {
    const id = `${entry.id}-wrong-${position + 1}`
    return { id, kind: 'right words, wrong claim' as const, sentence, passage, isHeldOut: isHeldOut(id) }
  })
  const pairs = entry.sentences.flatMap((sentence, position) => {
    const id = `${entry.id}-${position + 1}`
    const one = { id, passage, isHeldOut: isHeldOut(id) }
    return [
      { ...one, kind: 'true' as const, sentence },
      ...falsify(sentence).map(({ operator, text }) => ({ ...one, kind: operator, sentence: text })),
    ]
  })
  return [...pairs, ...wrong]
}

function isHeldOut(id: string): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 1
}
