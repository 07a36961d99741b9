/** One line of the benchmark table. All cells but the last are as printed, with their units. */
export interface BenchRow {
  readonly what: string
  readonly figure: string
  /** The rival or floor measured in the same run, and how the figure stands to it. */
  readonly beside: string
  /** What the figure should reach; `reported only` where nothing is promised. */
  readonly aim: string
  /** Undefined for a figure that is reported only. */
  readonly met?: boolean
}

/** The rows as a Markdown table. */
export function formatBenchRows(rows: readonly BenchRow[]): string {
  const toVerdict = ({ met }: BenchRow) => (met === undefined ? '' : met ? 'yes' : '**no**')
  const lines = rows.map((row) => `| ${[row.what, row.figure, row.beside, row.aim, toVerdict(row)].join(' | ')} |`)
  return ['| What | Figure | Beside | Aim | Met |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}

/** The middle one of several measurements, which a busy moment of the machine does not move. */
export function toMedian(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that something takes. */
export async function measureMs(run: () => unknown): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}
