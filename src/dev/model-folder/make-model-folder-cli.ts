import { parseArgs } from 'node:util'
import { makeModelFolder } from './make-model-folder.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dtype: { type: 'string', default: 'q8' }, seed: { type: 'string', default: '1' } },
})
const [path] = positionals
const { dtype } = values
if (path === undefined || (dtype !== 'q8' && dtype !== 'fp32')) {
  console.error('usage: npx tsx src/dev/model-folder/make-model-folder-cli.ts DIR [--dtype q8|fp32] [--seed N]')
  process.exitCode = 2
} else {
  await makeModelFolder({ path, dtype, seed: Number(values.seed) })
  console.log(`Wrote a model folder (${dtype}, random weights) to ${path}`)
}
