import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeHnswFile } from '../../adapters/hnsw/build-vector-index.js'
import { openVectorIndex } from '../../adapters/hnsw/open-vector-index.js'
import type { VectorIndex } from '../../core/ports/vector-index.js'
import { type BenchRow, formatBenchRows, measureMs, toMedian } from './bench-row.js'
import { type MadeVectors, makeClusteredVectors, makeGaussianVectors } from './clustered-vectors.js'

const dimension = 384
const nearest = 10
const questionCount = 200
const minRecall = 0.99

interface Case {
  readonly name: string
  readonly count: number
  readonly make: (made: MadeVectors) => Float32Array
  readonly isPromised: boolean
}

const cases: readonly Case[] = [
  { name: 'clustered', count: 5000, make: makeClusteredVectors, isPromised: true },
  { name: 'clustered', count: 50_000, make: makeClusteredVectors, isPromised: true },
  { name: 'Gaussian', count: 5000, make: makeGaussianVectors, isPromised: false },
]

/** Recall@10 and time per search of HNSW beside exact search over the same vectors. */
export async function hnswBench(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pilotbook-hnsw-bench-'))
  try {
    const rows: BenchRow[] = []
    for (const one of cases) rows.push(await runCase(one, join(folder, 'vectors.hnsw')))
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runCase({ name, count, make, isPromised }: Case, path: string): Promise<BenchRow> {
  // Questions are further points of the same kind.
  const all = make({ count: count + questionCount, dimension, seed: count })
  const vectors = all.subarray(0, count * dimension)
  const questions = Array.from({ length: questionCount }, (_, n) => all.slice((count + n) * dimension, (count + n + 1) * dimension))
  const buildMs = await measureMs(() => writeHnswFile({ vectors, dimension, path, minVectors: 0 }))
  const graph = await openVectorIndex({ vectors, dimension, hnswPath: path })
  const exact = await openVectorIndex({ vectors, dimension })
  const recall = measureRecall(graph, exact, questions)
  const [graphMs, exactMs] = [await measureSearchMs(graph, questions), await measureSearchMs(exact, questions)]
  return {
    what: `${graph.method.toUpperCase()}, ${count} ${name} vectors: recall@${nearest}`,
    figure: `${recall.toFixed(4)}, ${graphMs.toFixed(2)} ms a search`,
    beside: `exact: ${exactMs.toFixed(2)} ms a search (build ${(buildMs / 1000).toFixed(1)} s)`,
    aim: isPromised ? `≥ ${minRecall}` : 'reported only',
    ...(isPromised ? { met: graph.method === 'hnsw' && recall >= minRecall } : {}),
  }
}

function measureRecall(graph: VectorIndex, exact: VectorIndex, questions: readonly Float32Array[]): number {
  const found = questions.map((question) => {
    const truth = new Set(exact.search(question, nearest).map(({ label }) => label))
    return graph.search(question, nearest).filter(({ label }) => truth.has(label)).length
  })
  return found.reduce((sum, hits) => sum + hits, 0) / (questions.length * nearest)
}

async function measureSearchMs(index: VectorIndex, questions: readonly Float32Array[]): Promise<number> {
  const times: number[] = []
  for (const question of questions) times.push(await measureMs(() => index.search(question, nearest)))
  return toMedian(times)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(formatBenchRows(await hnswBench()))
