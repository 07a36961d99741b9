import type { KnownCommand } from './command-vocabulary.js'
import type { KnownFlag, WordStatus } from './parse-flag.js'

export interface FlagFinding {
  readonly text: string
  readonly status: WordStatus
  readonly note?: string
}

export interface FlagLookup {
  readonly found: readonly FlagFinding[]
  /** The word after this one is the value of the last flag. */
  readonly takesNext: boolean
}

const help: KnownFlag = { long: '--help', status: 'known' }
const helpOfOld: KnownFlag = { short: '-h', status: 'deprecated', note: 'today --help' }

/** What a command makes of one word that begins with a dash: `--name`, `--name=value`, or letters behind one dash. */
export function lookUpFlag(command: KnownCommand, word: string): FlagLookup {
  const [name = word] = word.split('=', 1)
  if (name.startsWith('--')) return lookUpLong(command, word, name)
  // Before Docker 1.0 long flags had one dash; read as letters, `-link` would be `-l ink`.
  const withTwoDashes = `-${name}`
  const old = name.length > 3 ? command.flags.get(withTwoDashes) : undefined
  if (old !== undefined) {
    const found: readonly FlagFinding[] = [{ text: name, status: 'removed', note: `today ${withTwoDashes}` }]
    return { found, takesNext: old.valueType !== undefined && word === name }
  }
  return lookUpLetters(command, word.slice(1))
}

function lookUpLong(command: KnownCommand, word: string, name: string): FlagLookup {
  const flag = command.flags.get(name) ?? (name === '--help' ? help : undefined)
  return { found: [toFinding(name, flag)], takesNext: flag?.valueType !== undefined && word === name }
}

function lookUpLetters(command: KnownCommand, letters: string): FlagLookup {
  const found: FlagFinding[] = []
  for (const [at, letter] of [...letters].entries()) {
    if (letter === '=') break
    const name = `-${letter}`
    const flag = command.flags.get(name) ?? (name === '-h' ? helpOfOld : undefined)
    found.push(toFinding(name, flag))
    if (flag === undefined) break
    if (flag.valueType !== undefined) return { found, takesNext: at === letters.length - 1 }
  }
  return { found, takesNext: false }
}

function toFinding(text: string, flag: KnownFlag | undefined): FlagFinding {
  return { text, status: flag?.status ?? 'unknown', ...(flag?.note === undefined ? {} : { note: flag.note }) }
}
