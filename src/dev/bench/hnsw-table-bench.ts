import { fileURLToPath } from 'node:url'
import { searchExactly } from '../../adapters/hnsw/exact-search.js'
import { buildCandidates, links as chosenLinks, searchCandidates, space } from '../../adapters/hnsw/hnsw-parameters.js'
import { loadHnswlib } from '../../adapters/hnsw/load-hnswlib.js'
import { type BenchRow, formatBenchRows, measureMs, toMedian } from './bench-row.js'
import { makeClusteredVectors } from './clustered-vectors.js'

const dimension = 384
const count = 20_000
const nearest = 10
const questionCount = 100
const linkChoices = [8, 16, 32] as const
const candidateChoices = [32, 64, 128] as const

/** The table from which links and candidates were chosen: recall@10 and time of a search for each, over the same clustered vectors. */
export async function hnswTableBench(): Promise<readonly BenchRow[]> {
  const hnswlib = await loadHnswlib()
  if (hnswlib === undefined) return []
  const all = makeClusteredVectors({ count: count + questionCount, dimension, seed: count })
  const vectors = all.subarray(0, count * dimension)
  const questions = Array.from({ length: questionCount }, (_, n) => all.slice((count + n) * dimension, (count + n + 1) * dimension))
  const truths = questions.map((vector) => new Set<number>(searchExactly({ vectors, vector, count: nearest }).map(({ label }) => label)))
  const rows: BenchRow[] = []
  for (const links of linkChoices) {
    const graph = new hnswlib.HierarchicalNSW(space, dimension)
    graph.initIndex(count, links, buildCandidates)
    const buildMs = await measureMs(() => {
      for (let label = 0; label < count; label++) graph.addPoint([...vectors.subarray(label * dimension, (label + 1) * dimension)], label)
    })
    for (const candidates of candidateChoices) {
      graph.setEf(candidates)
      const searched = questions.map((vector) => search(graph, vector))
      rows.push(toRow({ links, candidates, buildMs }, searched, truths))
    }
  }
  return rows
}

interface Searched {
  readonly ms: number
  readonly labels: readonly number[]
}

function search(graph: { searchKnn(vector: number[], count: number): { neighbors: number[] } }, vector: Float32Array): Searched {
  const asked = [...vector]
  const start = performance.now()
  const { neighbors } = graph.searchKnn(asked, nearest)
  return { ms: performance.now() - start, labels: neighbors }
}

function toRow(
  { links, candidates, buildMs }: { links: number; candidates: number; buildMs: number },
  searched: readonly Searched[],
  truths: readonly ReadonlySet<number>[],
): BenchRow {
  const hits = searched.reduce((sum, { labels }, place) => sum + labels.filter((label) => truths[place]?.has(label)).length, 0)
  const isChosen = links === chosenLinks && candidates === searchCandidates(count, nearest)
  return {
    what: `HNSW, ${count} clustered vectors, ${links} links, ${candidates} candidates${isChosen ? ' (chosen)' : ''}`,
    figure: `recall@${nearest} ${(hits / (searched.length * nearest)).toFixed(4)}, ${(1000 * toMedian(searched.map(({ ms }) => ms))).toFixed(0)} µs`,
    beside: `build ${(buildMs / 1000).toFixed(1)} s`,
    aim: 'reported only',
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(formatBenchRows(await hnswTableBench()))
