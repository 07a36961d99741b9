import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const sectionSchema = v.strictObject({ file: v.string(), title: v.string() })

const questionSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z]+-\d{3}$/)),
  class: v.picklist(['keyword', 'paraphrase', 'how-to', 'comparison', 'error', 'flag', 'follow-up', 'unanswerable']),
  question: v.pipe(v.string(), v.minLength(2)),
  /** First turn of a follow-up, and the follow-up as it stands alone. */
  before: v.optional(v.string()),
  standalone: v.optional(v.string()),
  /** Of a question that the book does not answer: whether it is near the topic. */
  near: v.optional(v.boolean()),
  /** At least one of them matches a right answer, whatever its case. */
  patterns: v.optional(v.array(v.string()), []),
  reference: v.string(),
  /** Sections that answer it, best first; headings as they stand in the file. */
  sections: v.optional(v.array(sectionSchema), []),
  /** Words of the best section by which one sees that the answer was found. */
  phrase: v.optional(v.string(), ''),
})

export type GoldenQuestion = v.InferOutput<typeof questionSchema>

/** All questions of a folder's JSON files, by file name and in their order. Fails when a file does not have the shape. */
export async function loadGoldenQuestions(folder: string): Promise<readonly GoldenQuestion[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return files.flatMap((text) => v.parse(v.array(questionSchema), JSON.parse(text)))
}

/** Half of the questions, by a hash of the id, is only ever reported: no parameter is chosen by it. */
export function isHeldOut({ id }: Pick<GoldenQuestion, 'id'>): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 1
}
