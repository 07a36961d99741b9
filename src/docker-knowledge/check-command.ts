import { checkArgumentCount } from './check-argument-count.js'
import { checkFlagValue } from './check-flag-value.js'
import { type CommandVocabulary, type KnownCommand, loadCommandVocabulary } from './vocabulary/command-vocabulary.js'
import { findTool } from './vocabulary/find-tool.js'
import { lookUpFlag } from './vocabulary/look-up-flag.js'
import type { WordStatus } from './vocabulary/parse-flag.js'
import { type ShellCommand, type ShellWord, splitShellWords } from './vocabulary/split-shell-words.js'

/** What Docker makes of one word of a command. */
export interface CheckedWord {
  readonly kind: 'command' | 'flag' | 'value'
  /** `compose`, `--publish`, or `-p`: each of several letters behind one dash is a flag of its own. Of values only those that are one of a few. */
  readonly text: string
  readonly status: WordStatus
  /** Why it is old and what to write today, or whose word it is. */
  readonly note?: string
  /** UTF-16 units into the line; letters behind one dash share the place of the whole word. */
  readonly start: number
  readonly end: number
}

/** One command of Docker in a line. */
export interface CheckedCommand {
  /** As its help page calls it, as far as its words are known: `docker run`. */
  readonly path: string
  readonly words: readonly CheckedWord[]
  /** Neither words of the command nor flags nor their values: images, names, and all that is run inside a container. */
  readonly operands: readonly string[]
  /** Set where the command does not take as many operands as there are. Code that only names a command has too few. */
  readonly count?: 'too few' | 'too many'
}

interface Reading {
  command: KnownCommand
  readonly words: CheckedWord[]
  readonly operands: string[]
  /** Nothing more can be a flag of this command. */
  isOver: boolean
}

/** IMAGE, <name>, [OPTIONS], …: stands for something else in a manual. */
const placeholder = /^(?:[A-Z][A-Z0-9_-]*|<.*>|\[.*|(?:\.\.\.|…|\*).*)$/
const flagPlaceholder = /^-+(?:<.*>|\[.*|(?:\.\.\.|…|\*).*)$|^--[A-Z][A-Z_-]*$/
/** The rest is another program's command; `ps OPTIONS` is what `docker top` hands on. */
const runsAnother = /\bARGS?\.\.\.|ps OPTIONS/

/** Everything that Docker has or had, loaded once. */
export const ownVocabulary = loadCommandVocabulary()

/**
 * Every call of `docker`, `docker-compose`, `dockerd` and the tools of old in a shell line (or several; without prompts), in their order,
 * each word of which is known, deprecated, removed or unknown to Docker. Calls behind `sudo` and `xargs`, in pipes and in `$(…)` count;
 * what is run inside a container does not. Never fails; a line without Docker gives an empty list.
 */
export function checkCommand(line: string, vocabulary: CommandVocabulary = ownVocabulary): readonly CheckedCommand[] {
  return splitShellWords(line).flatMap((words) => {
    const tool = findTool(words, vocabulary.tools)
    const command = tool && vocabulary.tools.get(tool.name)
    if (tool === undefined || command === undefined) return []
    const isFed = words.slice(0, tool.at).some(({ text }) => text === 'xargs')
    return [readCommand(command, words.slice(tool.at), isFed)]
  })
}

function readCommand(tool: KnownCommand, [first, ...rest]: ShellCommand, isFed: boolean): CheckedCommand {
  const reading: Reading = { command: tool, words: [], operands: [], isOver: tool.isOpen }
  if (first !== undefined) reading.words.push(toCheckedWord('command', first, { ...tool, text: first.text }))
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]
    if (word !== undefined && readWord(reading, word, rest[at + 1])) at++
  }
  const { command, words, operands } = reading
  const count = command.subcommands.size > 0 || command.isOpen ? undefined : countOperands(reading, isFed)
  return { path: command.path, words, operands, ...(count === undefined ? {} : { count }) }
}

function countOperands({ command, words, operands }: Reading, isFed: boolean): CheckedCommand['count'] {
  const isHelp = words.some(({ kind, text }) => kind === 'flag' && /^(?:--help|-h|--version)$/.test(text))
  const isOpen = isFed || isHelp || words.some(({ kind, status }) => kind !== 'value' && status === 'unknown')
  return checkArgumentCount({ usage: command.usage, operands, isOpen })
}

/** Answers whether the next word is the value of this one. */
function readWord(reading: Reading, word: ShellWord, next: ShellWord | undefined): boolean {
  const isFlag = /^-./.test(word.text) && !reading.isOver
  if (isFlag && word.text === '--') reading.isOver = true
  else if (isFlag) return readFlag(reading, word, next)
  else if (reading.isOver || reading.command.subcommands.size === 0) readOperand(reading, word)
  else readSubcommand(reading, word)
  return false
}

function readFlag({ command, words }: Reading, word: ShellWord, next: ShellWord | undefined): boolean {
  if (flagPlaceholder.test(word.text)) return false
  const { found, takesNext } = lookUpFlag(command, word.text)
  words.push(...found.map((finding) => toCheckedWord('flag', word, finding)))
  const last = found.at(-1)?.text ?? ''
  const flag = `${command.path} ${command.flags.get(last)?.long ?? last}`
  const [, inside] = /^--[^=]+=([\s\S]*)$/.exec(word.text) ?? []
  const [value, holder] = takesNext ? [next?.text, next ?? word] : [inside, word]
  if (value !== undefined) words.push(...checkFlagValue(flag, value).map((finding) => toCheckedWord('value', holder, finding)))
  return takesNext
}

function readOperand(reading: Reading, word: ShellWord): void {
  // `[OPTIONS]` and `…` may stand before the image, not for it.
  const isOptions = /^\[(?:OPTIONS|FLAGS)|^(?:\.\.\.|…)$/.test(word.text)
  reading.operands.push(word.text)
  if (!isOptions && runsAnother.test(reading.command.usage)) reading.isOver = true
}

function readSubcommand(reading: Reading, word: ShellWord): void {
  const subcommand = reading.command.subcommands.get(word.text)
  if (subcommand === undefined && placeholder.test(word.text)) {
    if (!word.text.startsWith('[')) reading.isOver = true
    return
  }
  reading.words.push(toCheckedWord('command', word, { status: 'unknown', ...subcommand, text: word.text }))
  reading.isOver = subcommand === undefined || subcommand.isOpen
  if (subcommand !== undefined) reading.command = subcommand
}

type Judged = Pick<CheckedWord, 'text' | 'status'> & { readonly note?: string | undefined }

function toCheckedWord(kind: CheckedWord['kind'], { start, end }: ShellWord, { text, status, note }: Judged): CheckedWord {
  return { kind, text, status, ...(note === undefined ? {} : { note }), start, end }
}
