import { cpus, totalmem } from 'node:os'
import { formatBenchRows } from './bench-row.js'
import { commandBench } from './command-bench.js'
import { embeddingBench } from './embedding-bench.js'
import { hnswBench } from './hnsw-bench.js'
import { hnswTableBench } from './hnsw-table-bench.js'
import { searchBench } from './search-bench.js'

// `npm run bench`: every figure beside its floor or rival of the same run. It fails on a crash, never on a figure.
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
console.log(`${machine}\n`)
const rows = []
for (const bench of [commandBench, searchBench, embeddingBench, hnswBench, hnswTableBench]) {
  const measured = await bench()
  rows.push(...measured)
  console.error(`${bench.name} is done`)
}
console.log(formatBenchRows(rows))
