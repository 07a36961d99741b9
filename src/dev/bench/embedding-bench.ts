import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { env, type FeatureExtractionPipeline, pipeline } from '@xenova/transformers'
import { openEmbedder } from '../../adapters/embedding-model/open-embedder.js'
import type { Embedder } from '../../core/ports/embedder.js'
import { getBenchModelFolder } from './bench-model-folder.js'
import { type BenchRow, formatBenchRows, measureMs, toMedian } from './bench-row.js'
import { readBenchWindows } from './bench-windows.js'
import { measureMatrixPeak } from './matrix-peak.js'

const dtype = 'q8'
const windowCount = 640
const rounds = 3
const rivalBatch = 32
/** Operations that the model needs per word piece, and what attention adds per piece of the window (embedding-notes). */
const operationsPerPiece = 42.5e6
const operationsPerPiecePair = 0.018e6
const inMeanPooling = { pooling: 'mean', normalize: true } as const

interface Throughputs {
  readonly ours: number
  readonly oneByOne: number
  readonly batches: number
}

/** Windows per second of the ingest's configuration beside the plain transformers.js pipeline, and its share of the hardware's limit. */
export async function embeddingBench(): Promise<readonly BenchRow[]> {
  const folder = await getBenchModelFolder(dtype)
  const embedder = await openEmbedder({ folder, dtype, mode: { kind: 'processes', count: 2, threadsEach: 1 } })
  const rival = await openPipeline(folder)
  try {
    const windows = await readBenchWindows(windowCount, embedder)
    const speed = await measureThroughputs(embedder, rival, windows)
    const share = await measureShare(embedder, windows, speed.ours)
    return [...toRows(speed), share, await measureQuestion(folder, rival)]
  } finally {
    await embedder.close()
    await rival.dispose()
  }
}

async function openPipeline(folder: string): Promise<FeatureExtractionPipeline> {
  env.allowRemoteModels = false
  env.localModelPath = dirname(folder)
  return pipeline('feature-extraction', basename(folder), { dtype })
}

/** Rounds in turn, so that a busy moment of the machine meets all three alike. */
async function measureThroughputs(embedder: Embedder, rival: FeatureExtractionPipeline, windows: readonly string[]): Promise<Throughputs> {
  const times = { ours: [] as number[], oneByOne: [] as number[], batches: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const ours = await measureMs(() => embedder.embed(windows))
    const oneByOne = await measureMs(() => runInBatches(rival, windows, 1))
    const batches = await measureMs(() => runInBatches(rival, windows, rivalBatch))
    // The first round only warms up.
    if (round === 0) continue
    times.ours.push(ours)
    times.oneByOne.push(oneByOne)
    times.batches.push(batches)
  }
  const perSecond = (values: readonly number[]) => (windows.length * 1000) / toMedian(values)
  return { ours: perSecond(times.ours), oneByOne: perSecond(times.oneByOne), batches: perSecond(times.batches) }
}

async function runInBatches(rival: FeatureExtractionPipeline, windows: readonly string[], size: number): Promise<void> {
  for (let start = 0; start < windows.length; start += size) await rival(windows.slice(start, start + size), inMeanPooling)
}

function toRows({ ours, oneByOne, batches }: Throughputs): readonly BenchRow[] {
  const row = (rivalName: string, rivalSpeed: number, aim: number): BenchRow => ({
    what: `Embedding, ${dtype}: 2 processes × 1 thread`,
    figure: `${ours.toFixed(0)} windows/s`,
    beside: `pipeline ${rivalName}: ${rivalSpeed.toFixed(0)} windows/s (${(ours / rivalSpeed).toFixed(2)} ×)`,
    aim: `≥ ${aim} ×`,
    met: ours >= aim * rivalSpeed,
  })
  return [row('one by one', oneByOne, 1.5), row(`in batches of ${rivalBatch}`, batches, 2)]
}

async function measureShare(embedder: Embedder, windows: readonly string[], perSecond: number): Promise<BenchRow> {
  const lengths = windows.map((window) => embedder.countTokens(window) + 2)
  const operations = lengths.reduce((sum, length) => sum + length * (operationsPerPiece + operationsPerPiecePair * length), 0)
  const reached = (operations / windows.length) * perSecond
  const peak = await measureMatrixPeak(dtype)
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  return {
    what: `Embedding, ${dtype}: share of the hardware's limit`,
    figure: `${((100 * reached) / peak).toFixed(0)} %`,
    beside: `one large int8 matrix product: ${(peak / 1e9).toFixed(0)} GOPS; windows of ${meanLength.toFixed(0)} word pieces on average`,
    aim: 'reported only',
  }
}

async function measureQuestion(folder: string, rival: FeatureExtractionPipeline): Promise<BenchRow> {
  const question = 'How is a Docker client different from a Docker daemon?'
  const embedder = await openEmbedder({ folder, dtype, mode: { kind: 'in-process', threads: 2 } })
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let run = 0; run < 60; run++) {
    ours.push(await measureMs(() => embedder.embed([question])))
    theirs.push(await measureMs(() => rival(question, inMeanPooling)))
  }
  await embedder.close()
  return {
    what: `Embedding one question, ${dtype}, in process`,
    figure: `${toMedian(ours).toFixed(1)} ms`,
    beside: `pipeline: ${toMedian(theirs).toFixed(1)} ms`,
    aim: 'reported only',
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(formatBenchRows(await embeddingBench()))
