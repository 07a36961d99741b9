import { ownVocabulary as commands } from '../../docker-knowledge/check-command.js'
import { loadComposeVocabulary } from '../../docker-knowledge/vocabulary/compose-vocabulary.js'
import { loadDockerfileVocabulary } from '../../docker-knowledge/vocabulary/dockerfile-vocabulary.js'
import type { WordStatus } from '../../docker-knowledge/vocabulary/parse-flag.js'
import type { AdviceItem } from './advice-item.js'

const dockerfile = loadDockerfileVocabulary()
const compose = loadComposeVocabulary()
const mostSiblings = 10

const commandFlags: ReadonlySet<string> = new Set([...commands.commands.values()].flatMap(({ flags }) => [...flags.keys()]))
const instructionFlags: ReadonlySet<string> = new Set([...dockerfile.instructions.values()].flatMap(({ flags }) => [...flags]))
const composeKeys: ReadonlySet<string> = new Set([...compose.values()].flatMap((group) => [...group.keys()]))

/** Whether any command or instruction of Docker has the flag. */
export function knowsFlagSomewhere(flag: string): boolean {
  return flag === '--help' || commandFlags.has(flag) || instructionFlags.has(flag)
}

export function knowsKeySomewhere(key: string): WordStatus {
  return composeKeys.has(key) ? 'known' : 'unknown'
}

/** The names of one flag of a command, `-p` and `--publish`; the name alone when the command does not know it. */
export function listFlagNames(owner: string, flag: string): readonly string[] {
  const known = commands.commands.get(owner)?.flags.get(flag)
  return known === undefined ? [flag] : [known.short, known.long].filter((name) => name !== undefined)
}

/** What Docker has in place of something that it does not know, as a sentence; empty when nothing is near. */
export function suggestKnown(item: AdviceItem): string {
  switch (item.kind) {
    case 'command':
      return suggestCommand(item)
    case 'flag':
      return suggestFlag(item)
    case 'instruction':
      return toSuggestion(pickNearest(item.name.toUpperCase(), dockerfile.instructions.keys()))
    case 'key':
      return toSuggestion(pickNearest(item.name, composeKeys))
    case 'option':
      return ''
  }
}

function suggestCommand({ name, owner }: AdviceItem): string {
  const words = owner.split(' ')
  const parentPath = words.slice(0, -1).join(' ')
  const parent = commands.commands.get(parentPath) ?? commands.tools.get(parentPath)
  const last = words.at(-1) ?? name
  const children = [...(parent?.subcommands.entries() ?? [])]
  const siblings = children.filter(([key, { path, status }]) => status === 'known' && path.endsWith(` ${key}`)).map(([key]) => key)
  const nearest = pickNearest(last, siblings)
  if (nearest !== undefined) return toSuggestion(`${parentPath} ${nearest}`)
  if (siblings.length === 0 || siblings.length > mostSiblings) return ''
  return ` \`${parentPath}\` has ${siblings.toSorted().join(', ')}.`
}

function suggestFlag({ name, owner }: AdviceItem): string {
  const own = commands.commands.get(owner)?.flags.keys() ?? dockerfile.instructions.get(owner)?.flags ?? commandFlags
  // Letters are all near to each other.
  const nearest = name.startsWith('--') ? pickNearest(name, own) : undefined
  if (nearest !== undefined) return toSuggestion(nearest)
  const holder = owner === '' ? undefined : listHolders(owner).find((path) => commands.commands.get(path)?.flags.has(name))
  return holder === undefined ? '' : ` \`${holder}\` has it.`
}

function listHolders(owner: string): readonly string[] {
  return [owner.split(' ').slice(0, -1).join(' '), 'docker run', 'docker build', 'docker compose up', 'docker service create']
}

function toSuggestion(name: string | undefined): string {
  return name === undefined ? '' : ` Docker's nearest is \`${name}\`.`
}

function pickNearest(word: string, known: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly slips: number } | undefined
  for (const name of known) {
    const slips = countSlips(word, name)
    if (slips < (best?.slips ?? Number.POSITIVE_INFINITY)) best = { name, slips }
  }
  return best !== undefined && best.slips <= Math.floor(word.replace(/^-+/, '').length / 3) ? best.name : undefined
}

/** Letters left out, added, mistaken or swapped with their neighbour. */
function countSlips(one: string, other: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const swapped = isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1), swapped))
    }
    ;[before, last] = [last, next]
  }
  return last[other.length] ?? one.length
}
