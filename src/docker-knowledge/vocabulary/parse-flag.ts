/** A word still works, warns or does nothing, is gone, or was never there. */
export type WordStatus = 'known' | 'deprecated' | 'removed' | 'unknown'

/** A flag as Docker takes it. */
export interface KnownFlag {
  /** `--publish`; absent for a flag of one letter alone. */
  readonly long?: string
  /** `-p`. */
  readonly short?: string
  /** What the help page calls its value, `list` or `string`; absent for a switch. */
  readonly valueType?: string
  readonly status: Exclude<WordStatus, 'unknown'>
  /** Why it is old and what to write instead, or whose flag it is. */
  readonly note?: string
}

const shape = /^(?:(-\S))?(?:, )?(--[\w.-]+)?(?: ([^\s(-]\S*))?(?: \(([\w ]+)\))?$/

/** Reads a flag as the vocabulary files write it: `-m, --memory bytes (classic builder)`. Undefined when it has another form. */
export function parseFlag(text: string): KnownFlag | undefined {
  const [match, short, long, valueType, mark] = shape.exec(text) ?? []
  if (match === undefined || (short === undefined && long === undefined)) return undefined
  return {
    ...(long === undefined ? {} : { long }),
    ...(short === undefined ? {} : { short }),
    ...(valueType === undefined ? {} : { valueType }),
    status: mark === 'deprecated' ? 'deprecated' : 'known',
    ...(mark === undefined ? {} : { note: mark }),
  }
}
