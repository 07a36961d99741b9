import * as v from 'valibot'
import { parseRecord } from './command-records.js'
import composeData from './compose-keys.json' with { type: 'json' }
import { createValueTest } from './known-values.js'
import type { WordStatus } from './parse-flag.js'

const name = v.pipe(v.string(), v.regex(/^[a-z]\w*$/i, 'not a key'))
const composeSchema = v.strictObject({
  source: v.string(),
  groups: v.record(name, v.record(name, v.pipe(v.string(), v.regex(/^(?:(?:list|map) of )?\w+$/, 'not a kind of value')))),
  values: v.array(v.strictObject({ group: name, key: name, known: v.pipe(v.array(v.string()), v.nonEmpty('is empty')) })),
  old: v.array(v.strictObject({ group: name, key: name, status: v.picklist(['deprecated', 'removed']), note: v.string() })),
})

/** One key of a Compose file at its place. */
export interface KnownKey {
  readonly status: Exclude<WordStatus, 'unknown'>
  readonly note?: string
  /** The group that holds the keys of its value; absent when they are the user's own or there are none. */
  readonly group?: string
  /** The value is one mapping of the group, a list of them, or a mapping of names to them. */
  readonly shape: 'one' | 'list' | 'map'
  /** Of a key whose value is one of a few: whether it is. */
  readonly isValue?: (value: string) => boolean
}

/** Keys by group and name; the file itself is the group `file`. */
export type ComposeVocabulary = ReadonlyMap<string, ReadonlyMap<string, KnownKey>>

/** Every key of a Compose file. Fails with INTERNAL when the data file has another shape, or names a group that it does not hold. */
export function loadComposeVocabulary(): ComposeVocabulary {
  const { groups, old, values } = parseRecord(composeSchema, composeData, 'compose-keys.json')
  const toKey = (kind: string): KnownKey => {
    const [, shape, group = kind] = /^(list|map) of (\w+)$/.exec(kind) ?? []
    if (group === 'value') return { status: 'known', shape: 'one' }
    parseRecord(v.picklist(Object.keys(groups)), group, 'compose-keys.json')
    return { status: 'known', group, shape: shape === 'list' || shape === 'map' ? shape : 'one' }
  }
  const entries = Object.entries(groups).map(([group, keys]) => {
    const known = new Map(Object.entries(keys).map(([key, kind]) => [key, toKey(kind)]))
    for (const row of values.filter((candidate) => candidate.group === group)) {
      known.set(row.key, { status: 'known', shape: 'one', ...known.get(row.key), isValue: createValueTest(row.known) })
    }
    for (const row of old.filter((candidate) => candidate.group === group)) {
      known.set(row.key, { shape: 'one', ...known.get(row.key), status: row.status, note: row.note })
    }
    return [group, known] as const
  })
  return new Map(entries)
}
