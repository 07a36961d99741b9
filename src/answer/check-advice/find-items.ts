import { type QuotableUnit, splitStatements } from '../quotable-units/split-units.js'
import type { AdviceItem } from './advice-item.js'
import { readFence } from './read-fence.js'
import { readWords } from './read-words.js'

/** Every Docker command, flag, Dockerfile instruction and Compose key that a Markdown text tells its reader of, in its order. */
export function findItems(markdown: string): readonly AdviceItem[] {
  return splitStatements(markdown).flatMap((unit) => readUnit(unit).map((item) => ({ ...item, start: unit.start })))
}

function readUnit({ kind, text }: QuotableUnit): ReturnType<typeof readFence> {
  return kind === 'code' ? readFence(text) : readWords(text)
}

/** All fenced code of a Markdown text. */
export function listFences(markdown: string): string {
  const fences = splitStatements(markdown).filter(({ kind }) => kind === 'code')
  return fences.map(({ text }) => text).join('\n')
}
