import * as v from 'valibot'
import { AppError } from '../../core/errors/app-error.js'
import { commandAdditions } from './command-additions.js'
import commandData from './commands.json' with { type: 'json' }
import { parseFlag } from './parse-flag.js'

const words = v.pipe(v.string(), v.regex(/^[\w-]+(?: [\w-]+)*$/, 'not the words of a command'))
const flag = v.pipe(
  v.string(),
  v.check((text) => parseFlag(text) !== undefined, 'not a flag'),
)

const commandFileSchema = v.strictObject({
  versions: v.record(v.string(), v.string()),
  commands: v.array(
    v.strictObject({
      path: words,
      usage: v.string(),
      aliases: v.array(words),
      marks: v.array(v.picklist(['deprecated', 'experimental'])),
      flags: v.array(flag),
    }),
  ),
})

const additionSchema = v.strictObject({
  path: words,
  flag: v.optional(flag),
  status: v.picklist(['known', 'deprecated', 'removed', 'open']),
  note: v.pipe(v.string(), v.nonEmpty()),
  source: v.pipe(v.string(), v.nonEmpty()),
  /** Whatever follows the words is taken: flags of a command that is gone are not told apart. */
  isOpen: v.boolean(),
})

export type CommandFile = v.InferOutput<typeof commandFileSchema>
export type CommandAddition = v.InferOutput<typeof additionSchema>

/** What the clients' help pages say, as the generator wrote it. Fails with INTERNAL when the file has another shape. */
export function loadCommandFile(): CommandFile {
  return parseRecord(commandFileSchema, commandData, 'commands.json')
}

/** The reviewed additions, in their order. Fails with INTERNAL at the first line that has another form. */
export function loadCommandAdditions(text: string = commandAdditions): readonly CommandAddition[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [subject = '', status, note, source, ...rest] = line.split(' | ')
      const [, path, star, name] = /^([^-*\s]\S*(?: [^-*\s]\S*)*)(?: (\*)| (-.*))?$/.exec(subject) ?? []
      const isOpen = star !== undefined || status === 'open' || (status === 'removed' && name === undefined)
      return parseRecord(additionSchema, { path: rest.length > 0 ? undefined : path, flag: name, status, note, source, isOpen }, line)
    })
}

/** The value, checked. Fails with INTERNAL, naming where it stands: a data file of the program itself is wrong. */
export function parseRecord<Schema extends v.GenericSchema>(schema: Schema, value: unknown, place: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new AppError('INTERNAL', { problem: `${place}: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}` })
}
