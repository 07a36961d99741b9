export type Pick = <Item>(items: readonly Item[]) => Item

/** Picks items by the generator of Park and Miller (1988): random enough for text, and the same on every machine. */
export function createPicker(seed: number): Pick {
  let state = seed
  return (items) => {
    state = (state * 48_271) % 2_147_483_647
    const item = items[state % items.length]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
}
