import * as v from 'valibot'
import { AppError } from '../../core/errors/app-error.js'

const text = v.pipe(v.string(), v.trim(), v.minLength(1))

const oldAdviceSchema = v.strictObject({
  /** Kebab-case; never changed once it is published, since saved answers name it. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)),
  kind: v.picklist(['command', 'flag', 'instruction', 'compose', 'package', 'image', 'practice', 'tool', 'product']),
  /** What the old books tell their readers. */
  says: text,
  /** When it became old: replaced, deprecated or without support, whichever came first for the reader. */
  since: v.strictObject({ year: v.pipe(v.number(), v.integer(), v.minValue(2013)), version: v.exactOptional(text) }),
  /** Today's form, with the command, key or image. */
  today: text,
  /** A sentence or piece of code as an old book could hold it. */
  example: text,
  /** Global patterns with bounded repetitions alone, so that the time they take is linear in the length of the text. */
  recognise: v.pipe(
    v.array(v.pipe(v.instance(RegExp), v.check(isUsable, 'a pattern is not global, matches the empty text or repeats without bound'))),
    v.minLength(1),
  ),
})

/** One piece of advice that was right when the books were written. */
export type OldAdvice = Readonly<v.InferOutput<typeof oldAdviceSchema>>

/** Checks a table of old advice. Fails with INTERNAL, naming the entry, for a wrong shape or an id used twice: the data is ours. */
export function parseOldAdvice(entries: readonly unknown[]): readonly OldAdvice[] {
  const ids = new Set<string>()
  return entries.map((entry, position) => {
    const parsed = v.safeParse(oldAdviceSchema, entry)
    if (!parsed.success) throw invalid(`entry ${position + 1} of the old advice: ${v.summarize(parsed.issues)}`)
    if (ids.has(parsed.output.id)) throw invalid(`two entries of the old advice are called ${parsed.output.id}`)
    ids.add(parsed.output.id)
    return parsed.output
  })
}

// A pattern that matches the empty text would be found everywhere. One with `*`, `+` or `{1,}` can read on to the end of the text from
// every place where it begins, and books are of any length.
function isUsable(pattern: RegExp): boolean {
  const bare = pattern.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')
  return pattern.global && ''.match(pattern) === null && !/[*+]|\{\d+,\}/.test(bare)
}

function invalid(problem: string): AppError {
  return new AppError('INTERNAL', { problem })
}
