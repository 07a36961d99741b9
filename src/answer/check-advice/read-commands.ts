import { type CheckedCommand, type CheckedWord, checkCommand } from '../../docker-knowledge/check-command.js'
import type { WordStatus } from '../../docker-knowledge/vocabulary/parse-flag.js'
import type { FoundItem } from './advice-item.js'

const byWeight: readonly WordStatus[] = ['known', 'deprecated', 'removed', 'unknown']

/** The commands of Docker in shell text without prompts, each followed by its flags. */
export function readCommands(text: string): readonly FoundItem[] {
  return checkCommand(text).flatMap((command) => [...toCommand(command), ...toFlags(command)])
}

// `docker` alone says nothing; a tool that is gone does.
function toCommand({ path, words }: CheckedCommand): readonly FoundItem[] {
  const commands = words.filter(({ kind }) => kind === 'command')
  const [worst] = commands.toSorted((one, other) => byWeight.indexOf(other.status) - byWeight.indexOf(one.status))
  if (worst === undefined || (commands.length === 1 && worst.status === 'known')) return []
  const name = commands.map(({ text }) => text).join(' ')
  return [{ kind: 'command', name, owner: worst.status === 'unknown' ? `${path} ${worst.text}` : path, ...toStatus(worst) }]
}

function toFlags({ path, words }: CheckedCommand): readonly FoundItem[] {
  return words.filter(({ kind }) => kind === 'flag').map((word) => ({ kind: 'flag', name: word.text, owner: path, ...toStatus(word) }))
}

function toStatus({ status, note }: CheckedWord): Pick<FoundItem, 'status' | 'note'> {
  return note === undefined ? { status } : { status, note }
}
