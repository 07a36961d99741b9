/** A part of a whole, both counted: `1 of 3` says more than `.33`, and adds up. */
export interface Share {
  readonly count: number
  readonly of: number
}

export const noShare: Share = { count: 0, of: 0 }

/** How many of the values satisfy. */
export function countShare<Value>(values: readonly Value[], accepts: (value: Value) => boolean): Share {
  return { count: values.filter(accepts).length, of: values.length }
}

export function addShares(shares: readonly Share[]): Share {
  return shares.reduce((sum, share) => ({ count: sum.count + share.count, of: sum.of + share.of }), noShare)
}

/** 0 to 1; undefined where there was nothing to count. */
export function toRatio({ count, of }: Share): number | undefined {
  return of === 0 ? undefined : count / of
}
