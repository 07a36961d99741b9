import { buildAdvice } from './old-advice/build-advice.js'
import { cleaningAdvice } from './old-advice/cleaning-advice.js'
import { composeAdvice } from './old-advice/compose-advice.js'
import { daemonAdvice } from './old-advice/daemon-advice.js'
import { imageAdvice } from './old-advice/image-advice.js'
import { installAdvice } from './old-advice/install-advice.js'
import { type OldAdvice, parseOldAdvice } from './old-advice/parse-old-advice.js'
import { productAdvice } from './old-advice/product-advice.js'
import { runAdvice } from './old-advice/run-advice.js'

/** What Docker books of 2013 to 2019 say that is old today. */
export const oldAdvice: readonly OldAdvice[] = parseOldAdvice([
  ...installAdvice,
  ...daemonAdvice,
  ...runAdvice,
  ...buildAdvice,
  ...imageAdvice,
  ...composeAdvice,
  ...cleaningAdvice,
  ...productAdvice,
])

/** A place where a text gives old advice. */
export interface OldAdviceFinding {
  readonly entry: OldAdvice
  /** UTF-16 offsets into the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/**
 * Every place where `text`, Markdown or plain, gives old advice, in the order of the text; of overlapping places of one entry the
 * first. Takes time linear in the length of the text. It reads words, not intentions: a text that names a thing in order to call it
 * old is found too.
 */
export function findOldAdvice(text: string): readonly OldAdviceFinding[] {
  return oldAdvice.flatMap((entry) => findEntry(entry, text)).sort(byPlace)
}

function findEntry(entry: OldAdvice, text: string): readonly OldAdviceFinding[] {
  const found = entry.recognise
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => ({ entry, start: match.index, end: match.index + match[0].length }))
    .sort(byPlace)
  let covered = 0
  return found.filter(({ start, end }) => {
    const isNew = start >= covered
    covered = Math.max(covered, end)
    return isNew
  })
}

function byPlace(one: OldAdviceFinding, other: OldAdviceFinding): number {
  return one.start - other.start || other.end - one.end
}
