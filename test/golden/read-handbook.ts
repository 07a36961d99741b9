import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const handbookFolder = fileURLToPath(new URL('../../corpus/handbook/', import.meta.url))

export interface Fence {
  readonly language: string
  readonly text: string
  /** Of the opening mark, from 1. */
  readonly line: number
  readonly isClosed: boolean
}

export interface Heading {
  readonly level: number
  readonly title: string
  readonly line: number
  /** The phrases under which learners ask for the section, as written; empty without them. */
  readonly asks: string
}

export interface Piece {
  readonly text: string
  readonly line: number
}

export interface Chapter {
  readonly file: string
  readonly fences: readonly Fence[]
  readonly headings: readonly Heading[]
  /** Code inside sentences, without its backquotes. */
  readonly inlineCode: readonly Piece[]
  /** Lines outside fences, without inline code and the asks comments that stand where they should. */
  readonly prose: readonly Piece[]
}

const mark = /^ {0,12}(`{3,}|~{3,})[ \t]*([^`]*)$/
const asksComment = /^<!-- asks: ([^;<>]+(?:; [^;<>]+)*) -->$/
const inline = /(?<!`)(`+)(?!`)((?:[^`\n]|\n(?!\s*\n)|(?!\1(?!`))`)+?)(?<!`)\1(?!`)/g

/** The names of the chapters on disk, SUMMARY.md left out. */
export function listChapterFiles(): readonly string[] {
  return readdirSync(handbookFolder)
    .filter((file) => file.endsWith('.md') && file !== 'SUMMARY.md')
    .sort()
}

/** The files that SUMMARY.md links to, in its order. */
export function listSummaryFiles(): readonly string[] {
  return [...readFileSync(join(handbookFolder, 'SUMMARY.md'), 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file)
}

export function readChapter(file: string): Chapter {
  return parseChapter(file, readFileSync(join(handbookFolder, file), 'utf8'))
}

/** A chapter by the plain rules of the handbook: fences begin a line, headings have number signs, comments take one line. */
export function parseChapter(file: string, text: string): Chapter {
  const lines = text.split(/\r?\n/)
  const { fences, outside } = cutFences(lines)
  const headings = readHeadings(outside)
  const asksLines = new Set(headings.filter(({ asks }) => asks !== '').map(({ line }) => findAsksLine(outside, line)))
  const rest = outside.map((line, at) => (asksLines.has(at) ? '' : line)).join('\n')
  const inlineCode = [...rest.matchAll(inline)].map(({ index, 2: code = '' }) => ({
    text: code.replace(/\s*\n\s*/g, ' ').trim(),
    line: rest.slice(0, index).split('\n').length,
  }))
  const prose = rest.replace(inline, (code) => code.replace(/[^\n]/g, ' ')).split('\n')
  return { file, fences, headings, inlineCode, prose: prose.map((line, at) => ({ text: line, line: at + 1 })) }
}

function cutFences(lines: readonly string[]): { fences: readonly Fence[]; outside: readonly string[] } {
  const fences: Fence[] = []
  const outside = [...lines]
  for (let at = 0; at < lines.length; at++) {
    const [, open = '', language = ''] = mark.exec(lines[at] ?? '') ?? []
    if (open === '') continue
    const isEnd = (line: string) => line.trim().startsWith(open) && /^[`~]+$/.test(line.trim())
    const end = lines.findIndex((line, number) => number > at && isEnd(line))
    const last = end === -1 ? lines.length : end
    const indent = /^ */.exec(lines[at] ?? '')?.[0].length ?? 0
    const body = lines.slice(at + 1, last).map((line) => line.replace(new RegExp(`^ {0,${indent}}`), ''))
    fences.push({ language: language.trim(), text: body.join('\n'), line: at + 1, isClosed: end !== -1 })
    outside.fill('', at, last + 1)
    at = last
  }
  return { fences, outside }
}

function readHeadings(outside: readonly string[]): readonly Heading[] {
  return outside.flatMap((text, at) => {
    const [, signs = '', title = ''] = /^(#{1,6}) +(.*\S)/.exec(text) ?? []
    if (signs === '') return []
    const asks = asksComment.exec((outside[findAsksLine(outside, at + 1)] ?? '').trim())?.[1] ?? ''
    return [{ level: signs.length, title, line: at + 1, asks }]
  })
}

/** The first line that is not empty below a heading, counted from 0. */
function findAsksLine(outside: readonly string[], headingLine: number): number {
  return outside.findIndex((line, at) => at >= headingLine && line.trim() !== '')
}
