import type { Notice } from '../../core/types/answer.js'
import type { AdviceItem } from './advice-item.js'
import { findItems, listFences } from './find-items.js'
import { suggestKnown } from './known-forms.js'
import { joinWords } from './note-old-advice.js'
import { Surroundings } from './says-it-is-old.js'
import { isShown, type ShownItems } from './shown-items.js'

/**
 * Notices about words of the answer that Docker does not know, that are old, and that Docker knows but no cited passage shows. `told` are the
 * words that notices about old advice speak of already.
 */
export function noteCommands(markdown: string, shown: ShownItems, told: readonly string[]): readonly Notice[] {
  const around = new Surroundings(markdown)
  const items = dropRepeated(findItems(markdown), listFences(markdown))
  const unknown = items.filter((item) => item.status === 'unknown' && !isShown(item, shown) && !around.saysMissing(item.start))
  const isOld = ({ status }: AdviceItem) => status === 'removed' || status === 'deprecated'
  const isTold = ({ name }: AdviceItem) => told.some((words) => words.includes(name))
  const isSilent = (item: AdviceItem) => !isTold(item) && !around.saysOld(item.start, item.name)
  const old = items.filter((item) => isOld(item) && isSilent(item))
  const notInBook = items.filter((item) => item.status === 'known' && !isShown(item, shown) && isSilent(item))
  return [...unknown.map(toUnknown), ...old.map(toOld), ...toNotInBook(notInBook)]
}

// A flag alone is the same as with its command; in the code of the answer it may be that of a program inside a container.
function dropRepeated(items: readonly AdviceItem[], code: string): readonly AdviceItem[] {
  const seen = new Set<string>()
  const named = new Set(items.filter(({ owner }) => owner !== '').map(({ kind, name }) => `${kind} ${name}`))
  return items.filter((item) => {
    const isRepeated = seen.has(toKey(item)) || (item.owner === '' && named.has(`${item.kind} ${item.name}`))
    seen.add(toKey(item))
    const isElsewhere = item.owner === '' && item.kind === 'flag' && item.status === 'unknown' && code.includes(item.name)
    return !isRepeated && !isElsewhere
  })
}

function toKey({ kind, name, owner }: AdviceItem): string {
  return kind === 'key' ? `key ${name}` : `${kind} ${owner} ${kind === 'command' ? '' : name}`
}

function toUnknown(item: AdviceItem): Notice {
  return { code: 'COMMAND_UNKNOWN', text: `Docker does not know ${describe(item)}, and no cited passage shows it.${suggestKnown(item)}` }
}

function toOld(item: AdviceItem): Notice {
  const state = item.status === 'removed' ? 'is no part of Docker any more' : 'is deprecated'
  return { code: 'COMMAND_OLD', text: `${describe(item)} ${state}${item.note === undefined ? '' : `: ${item.note}`}.`.replace(/^t/, 'T') }
}

function toNotInBook(items: readonly AdviceItem[]): readonly Notice[] {
  if (items.length === 0) return []
  const them = items.length === 1 ? 'it' : 'them'
  const text = `Docker knows ${joinWords(items.map(describe))}, but no cited passage shows ${them}: the books do not vouch for this use.`
  return [{ code: 'COMMAND_NOT_IN_BOOK', text }]
}

function describe({ kind, name, owner }: AdviceItem): string {
  switch (kind) {
    case 'command':
      return `the command \`${name}\``
    case 'flag':
      return owner === '' ? `the flag \`${name}\`` : `the flag \`${name}\` of \`${owner}\``
    case 'instruction':
      return `the instruction \`${name}\``
    case 'option':
      return `the value \`${name}\` of \`${owner}\``
    case 'key':
      return owner.includes('.') ? `the Compose key \`${name}\` at \`${owner}\`` : `the Compose key \`${name}\``
  }
}
