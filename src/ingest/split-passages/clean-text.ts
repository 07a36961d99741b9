import { renderWords } from './render-words.js'
import { type Block, scanBlocks } from './scan-blocks.js'
import { stripMarkup } from './strip-markup.js'

/** What stands before a passage that begins in the middle of something. */
export interface CutContext {
  /** The fence's opening line, or a table's head: read as if it stood right above the text. */
  readonly lead?: string
  /** The text is a part of a list item: its indentation means nothing any more. */
  readonly isInItem?: boolean
}

/**
 * A passage's text as it is embedded, indexed and put into prompts: words, list markers, table rows and code are kept; tags, comments,
 * shortcodes, link addresses and emphasis are not. Takes any string.
 */
export function cleanText(text: string, { lead = '', isInItem = false }: CutContext = {}): string {
  const unified = `${lead}${lead === '' ? '' : '\n'}${text}`.replace(/\r\n?/g, '\n')
  const source = isInItem ? dedent(unified) : unified
  return toRuns(scanBlocks(source))
    .map((run) =>
      run.kind === 'fence' ? toFence(source.slice(run.start, run.end)) : renderWords(stripMarkup(source.slice(run.start, run.end))),
    )
    .filter((part) => part !== '')
    .join('\n\n')
}

// Neighbours other than fences are read together, for a list may go on behind what looks like its end.
function toRuns(blocks: readonly Block[]): readonly Block[] {
  const runs: Block[] = []
  for (const block of blocks) {
    const last = runs.at(-1)
    if (last === undefined || last.kind === 'fence' || block.kind === 'fence') runs.push(block)
    else runs[runs.length - 1] = { kind: 'prose', start: last.start, end: block.end }
  }
  return runs
}

/** A whole fence from what may be one cut off at its end. */
function toFence(text: string): string {
  const [opening = '', ...content] = dedent(text).split('\n')
  const marks = /^(?:`+|~+)/.exec(opening)?.[0] ?? '```'
  if (/^(?:`{3,}|~{3,})$/.test(content.at(-1)?.trim() ?? '') && content.at(-1)?.trim().charAt(0) === marks.charAt(0)) content.pop()
  return [opening.trimEnd(), ...content, marks].join('\n')
}

function dedent(text: string): string {
  const indents = text.match(/^[ \t]*(?=\S)/gm) ?? []
  const least = Math.min(...indents.slice(0, 10_000).map((indent) => indent.length))
  return Number.isFinite(least) && least > 0 ? text.replace(new RegExp(`^[ \\t]{1,${least}}`, 'gm'), '') : text
}
