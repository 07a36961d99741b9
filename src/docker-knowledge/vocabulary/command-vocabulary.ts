import { type CommandAddition, type CommandFile, loadCommandAdditions, loadCommandFile } from './command-records.js'
import { type KnownFlag, parseFlag, type WordStatus } from './parse-flag.js'

/** One command of Docker, with what may follow it. */
export interface KnownCommand {
  /** `docker compose up`: the name under which the help pages list it first. */
  readonly path: string
  /** What follows its flags: `IMAGE [COMMAND] [ARG...]`. */
  readonly usage: string
  readonly status: Exclude<WordStatus, 'unknown'>
  readonly note?: string
  /** By each of their names, `--publish` and `-p`. */
  readonly flags: ReadonlyMap<string, KnownFlag>
  /** By name and alias. */
  readonly subcommands: ReadonlyMap<string, KnownCommand>
  /** Whatever follows is taken: plugins, and tools that are gone. */
  readonly isOpen: boolean
}

export interface CommandVocabulary {
  /** The programs whose help was read, with their versions. */
  readonly versions: Readonly<Record<string, string>>
  /** `docker`, `dockerd`, `docker-compose` and the tools of old. */
  readonly tools: ReadonlyMap<string, KnownCommand>
  /** By path: every command once, under the name of its help page, then what the additions bring. */
  readonly commands: ReadonlyMap<string, KnownCommand>
}

interface GrowingCommand extends KnownCommand {
  readonly flags: Map<string, KnownFlag>
  readonly subcommands: Map<string, GrowingCommand>
}

interface Tree {
  readonly tools: Map<string, GrowingCommand>
  readonly commands: Map<string, GrowingCommand>
}

const composeToday = 'docker compose'
const composeOfOld = 'docker-compose'
const noteOnComposeOfOld = 'Compose 1 ended in 2023; today docker compose'

/** Every command, flag and alias that Docker has or had: the help pages, then the additions. Takes some milliseconds: load it once. */
export function loadCommandVocabulary(): CommandVocabulary {
  return buildCommandVocabulary(loadCommandFile(), loadCommandAdditions())
}

/** The same from given records; later records add to what earlier ones said of a command. */
export function buildCommandVocabulary(file: CommandFile, additions: readonly CommandAddition[]): CommandVocabulary {
  const tree: Tree = { tools: new Map(), commands: new Map() }
  for (const { path, usage, marks, flags } of file.commands) {
    const note = marks.length > 0 ? { note: marks.join(', ') } : {}
    const command = place(tree, path, { usage, status: marks.includes('deprecated') ? 'deprecated' : 'known', isOpen: false, ...note })
    for (const text of flags) addFlag(command, parseFlag(text))
  }
  addAliases(tree, file)
  addComposeOfOld(tree)
  for (const addition of additions) add(tree, addition)
  return { versions: file.versions, ...tree }
}

function place(tree: Tree, path: string, about: Pick<KnownCommand, 'usage' | 'status' | 'isOpen' | 'note'>): GrowingCommand {
  const command: GrowingCommand = { path, ...about, flags: new Map(), subcommands: new Map() }
  tree.commands.set(path, command)
  attach(tree, path, command)
  return command
}

// A command whose parent is not there yet is a tool of its own.
function attach(tree: Tree, path: string, command: GrowingCommand): void {
  const words = path.split(' ')
  const name = words.at(-1) ?? path
  if (words.length === 1) tree.tools.set(name, command)
  else find(tree, words.slice(0, -1))?.subcommands.set(name, command)
}

function find(tree: Tree, words: readonly string[]): GrowingCommand | undefined {
  const [tool = '', ...rest] = words
  return rest.reduce<GrowingCommand | undefined>((command, word) => command?.subcommands.get(word), tree.tools.get(tool))
}

function addFlag(command: GrowingCommand, flag: KnownFlag | undefined): void {
  for (const name of [flag?.long, flag?.short]) if (name !== undefined && flag !== undefined) command.flags.set(name, flag)
}

// Last, so that a command with a page of its own keeps its name.
function addAliases(tree: Tree, file: CommandFile): void {
  for (const { path, aliases } of file.commands) {
    const command = tree.commands.get(path)
    for (const alias of aliases) if (command !== undefined && find(tree, alias.split(' ')) === undefined) attach(tree, alias, command)
  }
}

function addComposeOfOld(tree: Tree): void {
  const today = tree.commands.get(composeToday)
  if (today === undefined) return
  const about = { usage: today.usage, status: 'deprecated', note: noteOnComposeOfOld, isOpen: false } as const
  const old = place(tree, composeOfOld, about)
  for (const [name, flag] of today.flags) old.flags.set(name, flag)
  for (const [name, command] of today.subcommands) old.subcommands.set(name, command)
}

function add(tree: Tree, { path, flag, status, note, isOpen }: CommandAddition): void {
  const words = path.split(' ')
  const known = find(tree, words)
  const about = { status: status === 'open' ? 'known' : status, note } as const
  // No help page was read that would tell how many.
  if (flag === undefined) place(tree, path, { usage: '[WORD...]', isOpen, ...about })
  else if (known !== undefined) addFlag(known, Object.assign({}, parseFlag(flag), about))
}
