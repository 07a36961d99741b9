/** How many arguments a command takes, flags and their values not counted. */
export interface ArgumentCount {
  readonly fewest: number
  /** `Infinity` where any number is taken. */
  readonly most: number
}

const piece = /\[(?:[^[\]]|\[[^\]]*\])*\](?=\s|$)|\S+/g
const options = /^\[?OPTIONS?\]?$/

/** Reads what follows the flags on a help page: `CONTAINER [REPOSITORY[:TAG]]` is one or two. */
export function countArguments(usage: string): ArgumentCount {
  const pieces = (usage.replace(/ \| /g, '|').match(piece) ?? []).filter((text) => !options.test(text))
  // A lone dash stands for standard input, which may be named or not.
  const fewest = pieces.filter((text) => !text.startsWith('[') && text !== '-').length
  // Some pages write [SERVICES] for any number of them.
  const isUnbound = pieces.some((text) => text.includes('...') || /S\]$/.test(text))
  const most = pieces.reduce((sum, text) => sum + text.split(' ').length, 0)
  return { fewest, most: isUnbound ? Number.POSITIVE_INFINITY : most }
}
