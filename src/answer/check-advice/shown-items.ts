import type { Passage } from '../../core/types/passage.js'
import type { AdviceItem } from './advice-item.js'
import { findItems } from './find-items.js'
import { listFlagNames } from './known-forms.js'
import { readCommands } from './read-commands.js'

/** What the cited passages show of Docker, made once per answer. */
export interface ShownItems {
  readonly items: readonly AdviceItem[]
  /** Passages with their headings, white space made one blank. */
  readonly text: string
}

export function listShownItems(passages: readonly Passage[]): ShownItems {
  const items = passages.flatMap(({ text }) => [...findItems(text), ...readLines(text)])
  return { items, text: passages.map(({ text, headingPath }) => `${headingPath.join(' ')} ${text}`.replace(/\s+/g, ' ')).join(' ') }
}

// Books made from PDFs and old course pages hold commands on lines of their own, without fences.
function readLines(text: string): readonly AdviceItem[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)
  return lines.flatMap((line) => readCommands(line.replace(/^\s*(?:[$#>]|\S+@\S+[#$])\s+/, '')).map((item) => ({ ...item, start: 0 })))
}

/**
 * Whether a cited passage shows the item. What Docker knows needs to be named only; what it does not know must stand there with the same
 * command, so that a flag of one command does not vouch for the same flag of another.
 */
export function isShown(item: AdviceItem, shown: ShownItems): boolean {
  switch (item.kind) {
    case 'command':
      return isCommandShown(item, shown)
    case 'flag':
      return isFlagShown(item, shown)
    case 'instruction':
    case 'option':
      return holds(shown.text, item.name)
    case 'key':
      return new RegExp(`(?<![\\w-])${toPattern(item.name)}(?=["']? ?:|\`|=)`).test(shown.text)
  }
}

function isCommandShown({ name, owner }: AdviceItem, { items, text }: ShownItems): boolean {
  if (items.some((item) => item.owner === owner || item.owner.startsWith(`${owner} `))) return true
  if (holds(text, name) || holds(text, owner)) return true
  // "`docker volume` has `create`, `ls` …"
  const last = owner.split(' ').at(-1) ?? ''
  return holds(text, owner.slice(0, -last.length - 1)) && text.includes(`\`${last}\``)
}

function isFlagShown({ name, owner, status }: AdviceItem, { items, text }: ShownItems): boolean {
  const names = listFlagNames(owner, name)
  const isSame = (item: AdviceItem) => {
    if (item.kind !== 'flag' || (item.owner !== owner && item.owner !== '' && owner !== '')) return false
    return names.includes(item.name) || listFlagNames(item.owner, item.name).includes(name)
  }
  return items.some(isSame) || (status !== 'unknown' && names.some((one) => holds(text, one)))
}

function holds(text: string, words: string): boolean {
  return new RegExp(`(?<![\\w-])${toPattern(words)}(?![\\w-])`).test(text)
}

function toPattern(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
