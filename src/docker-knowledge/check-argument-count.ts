import { type ArgumentCount, countArguments } from './vocabulary/count-arguments.js'

/** What is known of a call when its arguments are counted. */
export interface CountedCall {
  readonly usage: string
  readonly operands: readonly string[]
  /** More may come: from `xargs`, or from a flag nobody knows, whose value would count as one. */
  readonly isOpen: boolean
}

// What a shell makes more or fewer words of, and what leaves words out in a manual.
const expanding = /[$*`]|\{.*(?:,|\.\.).*\}|^\{\}$|…|\.\.\.|^\[|^<.*>$/
const brackets = /^\[/

/** Whether a call has fewer or more arguments than the command's usage allows; undefined where it is right or cannot be told. */
export function checkArgumentCount({ usage, operands, isOpen }: CountedCall): 'too few' | 'too many' | undefined {
  const { fewest, most }: ArgumentCount = countArguments(usage)
  const certain = operands.filter((operand) => !expanding.test(operand) || /^<[\w-]+>$/.test(operand)).length
  if (isOpen || operands.some((operand) => brackets.test(operand))) return undefined
  if (certain > most) return 'too many'
  return certain === operands.length && certain < fewest ? 'too few' : undefined
}
