import { mostPassages } from '../app/check-request.js'
import type { Config } from '../app/config/config.js'
import { AppError } from '../core/errors/app-error.js'
import { type RetrievalPart, retrievalParts } from '../core/types/question.js'
import type { Terminal } from './terminal.js'

/** What every command is handed. */
export interface CommandContext {
  readonly config: Config
  readonly terminal: Terminal
  /** Fires on Ctrl-C and when `--timeout` has passed. */
  readonly signal: AbortSignal
}

/** Flags that several commands share, as commander hands them over. */
export interface QuestionFlags {
  readonly json?: boolean
  readonly k?: string
  readonly book?: readonly string[]
  readonly year?: string
  readonly eachBook?: boolean
  readonly without?: readonly string[]
  /** Of `search` alone. */
  readonly explain?: boolean
  readonly model?: string
}

/** A whole number from a flag. Fails with USAGE, naming the flag and the value. */
export function parseCount(flag: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new AppError('USAGE', { problem: `${flag} is "${value}"; it takes a whole number.` })
  return Number(value)
}

/** Passages to retrieve, from `-k`. Fails with USAGE before anything is opened or ingested. */
export function parsePassageCount(value: string): number {
  const count = parseCount('-k', value)
  if (count < 1 || count > mostPassages)
    throw new AppError('USAGE', { problem: `-k is ${value}; it takes a whole number from 1 to ${mostPassages}.` })
  return count
}

/** `2017` or `2015-2019`. Fails with USAGE. */
export function parseYears(value: string): { from: number; to: number } {
  const found = /^(\d{4})(?:-(\d{4}))?$/.exec(value)
  const from = Number(found?.[1])
  const to = Number(found?.[2] ?? found?.[1])
  if (found === null || to < from)
    throw new AppError('USAGE', { problem: `--year is "${value}"; it takes a year (2017) or a range (2015-2019).` })
  return { from, to }
}

/** Parts of retrieval to leave out, each flag one or several with commas. Fails with USAGE, naming the parts there are. */
export function parseParts(values: readonly string[]): readonly RetrievalPart[] {
  const names = values.flatMap((value) => value.split(',')).map((name) => name.trim())
  return names.map((name) => {
    const part = retrievalParts.find((known) => known === name)
    if (part !== undefined) return part
    throw new AppError('USAGE', { problem: `--without is "${name}"; it takes ${retrievalParts.join(', ')}.` })
  })
}

/** The parts of a request that flags tell. */
export function toRequestFlags({ k, book, year, eachBook, without, explain, model }: QuestionFlags) {
  return {
    ...(k === undefined ? {} : { k: parsePassageCount(k) }),
    ...(book === undefined ? {} : { books: book }),
    ...(year === undefined ? {} : { years: parseYears(year) }),
    ...(eachBook === undefined ? {} : { eachBook }),
    ...(without === undefined ? {} : { without: parseParts(without) }),
    ...(explain === undefined ? {} : { explain }),
    ...(model === undefined ? {} : { model }),
  }
}
