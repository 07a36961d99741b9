import * as v from 'valibot'
import { parseRecord } from './command-records.js'
import valueData from './command-values.json' with { type: 'json' }

const words = v.pipe(v.array(v.string()), v.nonEmpty('is empty'))
const valueSchema = v.strictObject({
  source: v.string(),
  values: v.array(v.strictObject({ commands: words, flag: v.pipe(v.string(), v.startsWith('--')), known: words })),
  mounts: v.strictObject({ flags: words, types: words, options: words }),
})

/** What stands in a list of known values for any of a kind. */
const kinds: Readonly<Record<string, string>> = {
  NUMBER: '\\d+',
  DURATION: '(?:\\d+[wdhms])+',
  // A managed plugin is named like an image; a word without a slash or a colon may as well be a slip.
  PLUGIN: '[\\w.-]+[/:][\\w./:@-]+',
}

export interface CommandValues {
  /** Which values a flag takes, by the command's path and the flag's long name: `docker run --restart`. */
  readonly values: ReadonlyMap<string, (value: string) => boolean>
  /** Flags whose value is a list of mount options, written as in `values`. */
  readonly mountFlags: ReadonlySet<string>
  readonly mountTypes: ReadonlySet<string>
  readonly mountOptions: ReadonlySet<string>
}

/** The values of flags that take one of a few. Fails with INTERNAL when the data file has another shape. */
export function loadCommandValues(): CommandValues {
  const { values, mounts } = parseRecord(valueSchema, valueData, 'command-values.json')
  return {
    values: new Map(values.flatMap(({ commands, flag, known }) => commands.map((path) => [`${path} ${flag}`, createValueTest(known)]))),
    mountFlags: new Set(mounts.flags),
    mountTypes: new Set(mounts.types),
    mountOptions: new Set(mounts.options),
  }
}

/** Whether a value is one of those known; words in capitals among them stand for a kind: `on-failure:NUMBER`. */
export function createValueTest(known: readonly string[]): (value: string) => boolean {
  const pattern = new RegExp(
    `^(?:${known.map((word) => escapePattern(word).replace(/[A-Z]{2,}/g, (kind) => kinds[kind] ?? kind)).join('|')})$`,
  )
  return (value) => pattern.test(value)
}

/** Whether a value stands for another, in a shell or in a manual: `$DRIVER`, `<driver>`, `DRIVER`, `no|always`, `…`. */
export function isStandIn(value: string): boolean {
  return /[$<>|*…{}]|\.\.\.|^\[|^[A-Z][A-Z0-9_-]*$/.test(value)
}

function escapePattern(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
