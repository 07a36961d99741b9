import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { AppError } from '../core/errors/app-error.js'

/** Class of the questions that the books do not answer; every other name is free. */
export const unanswerableClass = 'unanswerable'

const filled = v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'))

const questionSchema = v.pipe(
  v.strictObject({
    /** Told apart by it in reports and halves; made from file name and position when absent. */
    id: v.optional(filled),
    class: v.optional(filled, 'question'),
    question: filled,
    /** First turn of a follow-up, and the follow-up as it stands alone: that is what is asked. */
    before: v.optional(v.string()),
    standalone: v.optional(filled),
    /** Of a question that the books do not answer: whether it is near the topic. */
    near: v.optional(v.boolean()),
    /** At least one of them matches a right answer, whatever its case. */
    patterns: v.optional(v.array(v.pipe(v.string(), v.check(isPattern, 'is not a regular expression'))), []),
    /** A right answer, for people who read the file. */
    reference: v.optional(v.string(), ''),
    /** Sections that answer it, best first; `file` relative to the corpus folder, headings as they stand in the file. */
    sections: v.optional(v.array(v.strictObject({ file: filled, title: filled })), []),
    /** Words of the book by which one sees that the answer was found; they decide where no sections are named. */
    phrase: v.optional(v.string(), ''),
  }),
  v.check(
    ({ class: kind, sections, phrase }) => kind === unanswerableClass || sections.length > 0 || phrase.trim() !== '',
    `names neither sections nor a phrase that answer it, and is not of the class "${unanswerableClass}"`,
  ),
  v.check(
    ({ class: kind, sections, phrase }) => kind !== unanswerableClass || (sections.length === 0 && phrase.trim() === ''),
    `is of the class "${unanswerableClass}", but names what answers it`,
  ),
  v.check(
    ({ before, standalone }) => before === undefined || standalone !== undefined,
    'has "before" but no "standalone": a follow-up is asked as it stands alone, so write "standalone", or leave "before" out',
  ),
)

/** A question with what answers it. README shows the shape of the file. */
export type GoldenQuestion = Readonly<Omit<v.InferOutput<typeof questionSchema>, 'id'> & { id: string }>

/**
 * All questions of a JSON file, or of every JSON file of a folder by file name, in their order. Fails with USAGE, naming the file, the
 * question (1-based) and what is wrong with it: an unknown key, a missing one, an id that stands twice.
 */
export async function loadGoldenQuestions(path: string): Promise<readonly GoldenQuestion[]> {
  const files = await listFiles(path)
  const questions = (await Promise.all(files.map(async (file) => parseQuestions(await readText(file), file)))).flat()
  if (questions.length === 0) throw new AppError('USAGE', { problem: `${path} holds no questions.` })
  const seen = new Set<string>()
  for (const { id } of questions) {
    if (seen.has(id)) throw new AppError('USAGE', { problem: `${path}: the id "${id}" stands twice.` })
    seen.add(id)
  }
  return questions
}

/** Half of the questions, by a hash of the id, is only ever reported: no parameter is chosen by it. */
export function isHeldOut({ id }: Pick<GoldenQuestion, 'id'>): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 1
}

export function isAnswerable({ class: kind }: Pick<GoldenQuestion, 'class'>): boolean {
  return kind !== unanswerableClass
}

/** What is asked: a follow-up as it stands alone. */
export function toAskedText({ standalone, question }: Pick<GoldenQuestion, 'standalone' | 'question'>): string {
  return standalone ?? question
}

/** The questions of one file's text; `file` is for messages and for the ids of questions without one. Fails with USAGE. */
export function parseQuestions(text: string, file: string): readonly GoldenQuestion[] {
  const entries = parseJson(text, file)
  if (!Array.isArray(entries)) throw new AppError('USAGE', { problem: `${file} is not a list of questions: it must begin with [.` })
  return entries.map((entry: unknown, position) => {
    const parsed = v.safeParse(questionSchema, entry)
    if (!parsed.success) throw new AppError('USAGE', { problem: `${file}, question ${position + 1}: ${describeIssue(parsed.issues[0])}` })
    return { ...parsed.output, id: parsed.output.id ?? `${basename(file, '.json')}-${String(position + 1).padStart(3, '0')}` }
  })
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('USAGE', { problem: `${file} is not valid JSON: ${problem}.` }, cause)
  }
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  if (path === null) return issue.kind === 'validation' ? `it ${issue.message}.` : 'it is not an object such as {"question": "…"}.'
  if (issue.type === 'strict_object') {
    return issue.expected === 'never' ? `the key "${path}" is unknown.` : `the key "${path}" is missing.`
  }
  if (issue.kind === 'validation') return `"${path}" ${issue.message}.`
  return `"${path}" is ${issue.received}; it takes ${issue.expected ?? 'something else'}.`
}

async function listFiles(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new AppError('USAGE', { problem: `The questions file ${path} cannot be read.` }, cause)
  })
  if (!info.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort()
  return names.map((name) => join(path, name))
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('USAGE', { problem: `The questions file ${file} cannot be read.` }, cause)
  })
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
