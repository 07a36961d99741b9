import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { writeDurably } from '../library/stored-file.js'
import { compareFigures, type FigureChange, toFigures } from './compare-figures.js'
import type { EvalReport } from './eval-report.js'

// Names and values are all that a later run is compared by, so that a report of another shape stays comparable.
const storedSchema = v.object({ at: v.string(), figures: v.array(v.object({ name: v.string(), value: v.number() })) })

export type StoredRun = v.InferOutput<typeof storedSchema>

export type StoredRunReading =
  | { readonly kind: 'read'; readonly run: StoredRun }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly path: string }

/** Where the last run over these questions and books is kept: in the data folder, one file for each pair. */
export function toRunPath(dataDir: string, { questions, corpus }: Pick<EvalReport, 'questions' | 'corpus'>): string {
  const key = createHash('sha256').update(`${questions}\n${corpus}`).digest('hex').slice(0, 12)
  return join(dataDir, 'eval', `last-${key}.json`)
}

/** The run kept at the path; that there is none, or none that can be read, is no failure. */
export async function readStoredRun(path: string): Promise<StoredRunReading> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return { kind: 'none' }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), storedSchema), text)
  return parsed.success ? { kind: 'read', run: parsed.output } : { kind: 'unreadable', path }
}

/** Keeps the run for the next one to be compared with. */
export async function storeRun(path: string, report: EvalReport): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const stored = { at: report.at, figures: toFigures(report).map(({ name, value }) => ({ name, value })), report }
  await writeDurably(path, Buffer.from(`${JSON.stringify(stored, undefined, 2)}\n`), 'replace')
}

/** What changed since the stored run. */
export function compareWithRun({ figures }: StoredRun, report: EvalReport): readonly FigureChange[] {
  return compareFigures(figures, toFigures(report))
}
