import { mean } from './score-rankings.js'

/** Milliseconds. */
export interface LatencySummary {
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** Mean and percentiles (nearest rank) of times in milliseconds; all 0 for none. */
export function summarizeLatencies(timesMs: readonly number[]): LatencySummary {
  const sorted = [...timesMs].sort((left, right) => left - right)
  const percentile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { mean: mean(sorted), p50: percentile(0.5), p95: percentile(0.95), max: sorted.at(-1) ?? 0 }
}
