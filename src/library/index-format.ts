import * as v from 'valibot'
import { AppError } from '../core/errors/app-error.js'

/** Raised when a reader of this version could not read what an older one wrote. */
export const schemaVersion = 2

/** The files of one generation. `vectors` and `hnsw` are there only when an embedder made vectors (and HNSW is used). */
export const generationFiles = {
  manifest: 'manifest.json',
  books: 'books.json',
  passages: 'passages.json',
  /** Decoded text of every source file, one after the other, UTF-8. */
  texts: 'texts.bin',
  /** Clean text of every passage, one after the other, UTF-8. */
  cleanTexts: 'clean-texts.bin',
  /** Word index of passages and headings, and the same of the sections' `asks`. */
  terms: 'terms.bin',
  asks: 'asks.bin',
  /** 32-bit floats, little-endian, one window after the other: the truth from which `hnsw` is derived. */
  vectors: 'vectors.f32',
  windowKeys: 'window-keys.json',
  hnsw: 'hnsw.bin',
} as const

/** Small file in the index folder that names the generation in use. */
export const pointerFile = 'current.json'

const noticeSchema = v.object({ code: v.string(), text: v.string() })

const manifestSchema = v.object({
  schemaVersion: v.literal(schemaVersion),
  generation: v.string(),
  createdAt: v.string(),
  /** Corpus folder relative to the index folder, with forward slashes: both may move together. */
  corpus: v.string(),
  embedder: v.nullable(v.object({ id: v.string(), dimension: v.number() })),
  /** Who made vectors that are only kept: this generation was built without a model, and an earlier one had them. */
  keptVectors: v.optional(v.nullable(v.object({ id: v.string(), dimension: v.number() })), null),
  /** Every file of every book, also those that were left out; `sha256` is null for one that could not be read. */
  sources: v.array(v.object({ path: v.string(), sha256: v.nullable(v.string()), bytes: v.number(), modifiedMs: v.number() })),
  /** Every file of the generation but the manifest. */
  files: v.record(v.string(), v.object({ sha256: v.string(), bytes: v.number() })),
  counts: v.object({ books: v.number(), sections: v.number(), passages: v.number(), windows: v.number() }),
  /** What the passages and the word index were made with; another value means everything is made again. */
  parameters: v.string(),
  notices: v.array(noticeSchema),
})

export type Manifest = v.InferOutput<typeof manifestSchema>

const pointerSchema = v.object({ generation: v.pipe(v.string(), v.regex(/^[\w-]+$/)), manifestSha256: v.string() })

export type Pointer = v.InferOutput<typeof pointerSchema>

const optionalPages = v.array(v.nullable(v.number()))

/** All passages as columns: a tenth of the parsing time of one object each. Offsets into `cleanTexts` are bytes. */
const passageColumnsSchema = v.object({
  ids: v.array(v.string()),
  sections: v.array(v.number()),
  startOffsets: v.array(v.number()),
  endOffsets: v.array(v.number()),
  startLines: v.array(v.number()),
  endLines: v.array(v.number()),
  pages: optionalPages,
  windowCounts: v.array(v.number()),
  cleanEnds: v.array(v.number()),
})

export type PassageColumns = v.InferOutput<typeof passageColumnsSchema>

const sectionSchema = v.object({
  id: v.string(),
  parentId: v.optional(v.string()),
  title: v.string(),
  level: v.number(),
  headingPath: v.array(v.string()),
  /** Position in the book's `files`. */
  file: v.number(),
  startOffset: v.number(),
  endOffset: v.number(),
  startLine: v.number(),
  endLine: v.number(),
  page: v.optional(v.number()),
})

const bookSchema = v.object({
  id: v.string(),
  title: v.string(),
  authors: v.array(v.string()),
  edition: v.optional(v.string()),
  year: v.optional(v.number()),
  format: v.string(),
  name: v.string(),
  /** `end` is the byte in `texts` at which the file's text ends; it begins where the one before ends. */
  files: v.array(v.object({ path: v.string(), textEnd: v.number() })),
  sections: v.array(sectionSchema),
})

const booksSchema = v.array(bookSchema)

export type StoredBook = v.InferOutput<typeof bookSchema>
export type StoredSection = v.InferOutput<typeof sectionSchema>

/** Fails with INDEX_DAMAGED unless the file's text is JSON of the shape. */
export const parsePointer = (text: string, path: string): Pointer => parseStored(pointerSchema, text, path)
export const parseStoredBooks = (text: string, path: string): StoredBook[] => parseStored(booksSchema, text, path)
export const parsePassageColumns = (text: string, path: string): PassageColumns => parseStored(passageColumnsSchema, text, path)
export const parseWindowKeys = (text: string, path: string): string[] => parseStored(v.array(v.string()), text, path)

/** Fails with INDEX_OLD_SCHEMA when another version wrote it, with INDEX_DAMAGED when it is no manifest. */
export function parseManifest(text: string, path: string): Manifest {
  const { schemaVersion: found } = parseStored(v.object({ schemaVersion: v.unknown() }), text, path)
  if (found !== schemaVersion) throw new AppError('INDEX_OLD_SCHEMA', { path, found: String(found), expected: schemaVersion })
  return parseStored(manifestSchema, text, path)
}

function parseStored<Schema extends v.GenericSchema>(schema: Schema, text: string, path: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, parseJson(text, path))
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new AppError('INDEX_DAMAGED', { path, problem: `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}` })
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('INDEX_DAMAGED', { path, problem: 'it is not JSON' }, cause)
  }
}
