import { checkDockerfile } from '../../docker-knowledge/check-dockerfile.js'
import { findOtherTechnology } from '../../docker-knowledge/other-technology.js'
import type { FoundItem } from './advice-item.js'
import { knowsFlagSomewhere, knowsKeySomewhere } from './known-forms.js'
import { readCommands } from './read-commands.js'
import { readDockerfile } from './read-fence.js'

const inlineCode = /(?<!`)(`+)(?!`)((?:[^`]|(?!\1(?!`))`)+?)(?<!`)\1(?!`)/g
const flagAlone = /^--?[a-z][\w-]*(?=$|[ =,/])/i
const longFlag = /(?<![\w-])--[a-z][a-z-]*[a-z](?![\w-])/g
const mostLetters = 3
/** A command, its subcommand, and what follows as far as it may belong to them. */
const commandInProse = /(?<![\w./-])docker(?:-compose)? [a-z][a-z-]*(?: (?:--?[\w-]+(?:=\S+)?|[a-z][a-z-]*))*/g
const ofDocker = /\b(?:docker|compose|dockerfile|containers?|images?|volumes?|networks?|daemon)\b/i

/** What a sentence, list item or row of a table names of Docker's: in its inline code, and in its words where they are unmistakable. */
export function readWords(text: string): readonly FoundItem[] {
  const pieces = [...text.matchAll(inlineCode)].map(({ index, 0: { length }, 2: code = '' }) => ({
    code: code.replace(/\s*\n\s*/g, ' ').trim(),
    around: `${text.slice(Math.max(0, index - 30), index)}\`\`${text.slice(index + length, index + length + 30)}`,
  }))
  const prose = text.replace(inlineCode, ' ‖ ').replace(/[*_]{2}/g, '')
  const isElsewhere = isOfOthers(
    text,
    pieces.map(({ code }) => code),
  )
  const found = [
    ...pieces.flatMap((piece) => readInline(piece, prose)),
    ...[...prose.matchAll(commandInProse)].flatMap(([words]) => readProse(words, prose)),
    ...[...prose.replace(commandInProse, ' ').matchAll(longFlag)].map(([flag]) => toBareFlag(flag)),
  ]
  // What another program's flags are called is its own affair.
  return found.filter(({ kind, owner, status }) => !(kind === 'flag' && owner === '' && status === 'unknown' && isElsewhere))
}

function isOfOthers(text: string, codes: readonly string[]): boolean {
  const isOtherProgram = (code: string) => /^[a-z][\w.-]+ \S/.test(code) && readCommands(code).length === 0 && !/^docker/.test(code)
  return !ofDocker.test(text) || findOtherTechnology(text).size > 0 || codes.some(isOtherProgram)
}

function readInline({ code, around }: { readonly code: string; readonly around: string }, prose: string): readonly FoundItem[] {
  if (code.startsWith('-')) return readFlagAlone(code)
  if (/^[A-Z]{2,}$/.test(code)) return readInstructionName(code, around)
  if (/^[A-Z]{2,} \S/.test(code) && checkDockerfile(code)[0]?.status !== 'unknown') return readDockerfile(code)
  const key = /^([a-z][a-z_]*):?$/.exec(code)?.[1]
  if (key !== undefined && isCalledKey(around, prose)) return [{ kind: 'key', name: key, owner: '', status: knowsKeySomewhere(key) }]
  return readCommands(code.replace(/^[$#>] /, ''))
}

// `-it` is two flags in one, and `-slim` the end of an image's name.
function readFlagAlone(code: string): readonly FoundItem[] {
  const flag = flagAlone.exec(code)?.[0]
  if (flag === undefined) return []
  if (flag.startsWith('--')) return [toBareFlag(flag)]
  if (flag.length > mostLetters + 1) return []
  const letters = [...flag.slice(1)].map((letter) => toBareFlag(`-${letter}`))
  return letters.every(({ status }) => status === 'known') ? letters : []
}

function toBareFlag(name: string): FoundItem {
  return { kind: 'flag', name, owner: '', status: knowsFlagSomewhere(name) ? 'known' : 'unknown' }
}

function readInstructionName(name: string, around: string): readonly FoundItem[] {
  const [known] = readDockerfile(`${name} x`)
  if (known === undefined || known.status !== 'unknown') return known === undefined ? [] : [known]
  return /``[ ,]*(?:instructions?|directives?)\b|\b(?:instructions?|directives?)[ ,]*``/i.test(around) ? [known] : []
}

function isCalledKey(around: string, prose: string): boolean {
  if (!/\bcompose\b/i.test(prose)) return false
  return /``[ ,]*(?:keys?|options?|attributes?)\b|\b(?:keys?|attributes?)[ ,]*``/i.test(around)
}

// "docker containers are", "a docker image": words of a sentence unless a flag or a second word of a command follows, or it is called a command.
function readProse(words: string, prose: string): readonly FoundItem[] {
  const isCalledCommand = prose.includes(`${words} command`) || prose.includes(`command ${words}`) || / command\b/.test(words)
  const plain = words.replace(/ commands?\b.*$/, '')
  const found = readCommands(plain)
  const [command] = found
  if (command === undefined) return []
  const hasFlags = found.some(({ kind }) => kind === 'flag')
  const isTwoWords = command.status !== 'unknown' && command.owner.split(' ').length > 2
  if (isCalledCommand && plain.split(' ').length > 1) return found
  if (command.status === 'unknown') return []
  return hasFlags || isTwoWords ? found : []
}
