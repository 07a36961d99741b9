import { type HelpPage, parseHelp } from './parse-help.js'

/** One command as the vocabulary file holds it. */
export interface CommandRecord {
  readonly path: string
  /** What follows the command's words and `[OPTIONS]`. */
  readonly usage: string
  readonly aliases: readonly string[]
  readonly marks: readonly string[]
  readonly flags: readonly string[]
}

export type ReadHelp = (path: readonly string[]) => string

/**
 * A command and all below it, in the order in which the help pages list them. One that has the same flags and usage as a command
 * before it, and calls that its alias, becomes an alias of it.
 */
export function walkHelp(start: readonly string[], readHelp: ReadHelp): readonly CommandRecord[] {
  const records = new Map<string, CommandRecord>()
  const waiting = [start]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const page = parseHelp(readHelp(path))
    const here = path
    waiting.push(...page.subcommands.map((name) => [...here, name]))
    const record = toRecord(here.join(' '), page)
    const twin = record.aliases.map((name) => records.get(name)).find((other) => other !== undefined && isSame(other, record))
    if (twin === undefined) records.set(record.path, record)
    else records.set(twin.path, { ...twin, aliases: [...new Set([...twin.aliases, record.path])] })
  }
  return [...records.values()]
}

function toRecord(path: string, page: HelpPage): CommandRecord {
  const marks = [...(page.isDeprecated ? ['deprecated'] : []), ...(page.isExperimental ? ['experimental'] : [])]
  return { path, usage: toArguments(path, page), aliases: page.aliases.filter((name) => name !== path), marks, flags: page.flags }
}

// An alias's page prints the usage of the command that it stands for.
function toArguments(path: string, page: HelpPage): string {
  const name = [path, ...page.aliases].find((words) => page.usage === words || page.usage.startsWith(`${words} `)) ?? ''
  return page.usage
    .slice(name.length)
    .replace(/\[OPTIONS\]/, '')
    .trim()
}

function isSame(one: CommandRecord, other: CommandRecord): boolean {
  return one.usage === other.usage && one.flags.join() === other.flags.join()
}

/**
 * `docker build` is answered by buildx where that is installed, else by the builder inside the daemon: the command gets the flags of
 * both, those of the old builder alone with their mark.
 */
export function mergeBuild(client: readonly CommandRecord[], buildx: readonly CommandRecord[]): readonly CommandRecord[] {
  const today = buildx.find(({ path }) => path === 'docker buildx build')
  if (today === undefined) return client
  const names = new Set(today.flags.map(toLongName))
  return client.map((record) => {
    if (record.path !== 'docker build') return record
    const old = record.flags.filter((flag) => !names.has(toLongName(flag))).map((flag) => `${flag} (classic builder)`)
    const aliases = record.aliases.filter((name) => !name.startsWith('docker buildx'))
    return { ...record, aliases, marks: [], flags: [...today.flags, ...old] }
  })
}

function toLongName(flag: string): string {
  return /--[\w.-]+/.exec(flag)?.[0] ?? flag
}
