import { runIngest } from '../app/run-ingest.js'
import type { IngestProgress, IngestReport } from '../ingest/ingest.js'
import type { CommandContext } from './command-context.js'

const stepNames = { load: 'Reading', split: 'Splitting', embed: 'Embedding', index: 'Indexing' } as const
const megabyte = 1024 * 1024

/** Ingests with progress on standard error: what is being done, how far, how fast and how long it will take. */
export async function showIngest({ config, terminal, signal }: CommandContext): Promise<IngestReport> {
  const show = createProgressLine(terminal.progress)
  const report = await runIngest(config, {
    signal,
    onProgress: show,
    onDownload: ({ file, receivedBytes, totalBytes }) => {
      const total = totalBytes === undefined ? '' : ` of ${(totalBytes / megabyte).toFixed(1)}`
      terminal.progress(`Fetching the embedding model: ${file}, ${(receivedBytes / megabyte).toFixed(1)}${total} MB`)
    },
  })
  terminal.clearProgress()
  return report
}

/** A function that turns progress into lines such as `Embedding 1,200 of 5,000 passages, 110/s, 35 s left`. */
export function createProgressLine(show: (line: string) => void, now: () => number = Date.now): (progress: IngestProgress) => void {
  let step: IngestProgress['step'] | undefined
  let started = now()
  return (progress) => {
    if (progress.step !== step) {
      step = progress.step
      started = now()
    }
    show(describeProgress(progress, (now() - started) / 1000))
  }
}

function describeProgress({ step, done, total }: IngestProgress, seconds: number): string {
  const unit = step === 'load' ? 'books' : 'passages'
  const counted = `${stepNames[step]} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`
  if (step !== 'embed' || done === 0 || seconds < 1) return counted
  const rate = done / seconds
  return `${counted}, ${rate.toFixed(0)}/s, ${formatSeconds((total - done) / rate)} left`
}

function formatSeconds(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}

/** One line about what an ingest did. */
export function describeReport(report: IngestReport): string {
  const { books, sections, passages, embedder, embedded, reused, removed, seconds } = report
  const parts = [
    [passages - reused, 'new'],
    [reused, 'unchanged'],
    [removed, 'removed'],
    [embedded, 'embedded'],
  ] as const
  const told = parts.filter(([, what]) => what !== 'embedded' || embedder !== null)
  const changed = told.map(([number, what]) => `${number.toLocaleString('en')} ${what}`).join(', ')
  return `${count(books, 'book')}, ${count(sections, 'section')}, ${count(passages, 'passage')} (${changed}) in ${seconds.toFixed(1)} s.`
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}
