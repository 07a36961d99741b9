const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Sorts names as people do: `2` before `10`, upper and lower case together. The same names always come in the same order. */
export function compareNaturally(left: string, right: string): number {
  const order = collator.compare(left, right)
  if (order !== 0) return order
  return left < right ? -1 : Number(left > right)
}
