import { fileURLToPath } from 'node:url'
import { measureSupport, readRarity, type SupportFigures, scorePairs } from './measure-support.js'
import { readSupportPairs } from './support-pairs.js'

// `node src/setup/run.mjs src/dev/eval/support/eval-support.ts`: how well the support judgement tells true sentences from false ones.
const at = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))
const scored = scorePairs(await readSupportPairs(at('test/golden/support-pairs'), at('corpus')), await readRarity(at('corpus/handbook')))
const barred = scored.filter(({ pair }) => pair.kind !== 'right words, wrong claim')
print('development half', measureSupport(barred.filter(({ pair }) => !pair.isHeldOut)))
print('held-out half', measureSupport(barred.filter(({ pair }) => pair.isHeldOut)))
const reported = scored.filter(({ pair }) => pair.kind === 'right words, wrong claim' || pair.kind === 'true')
print('right words, wrong claim (reported only)', measureSupport(reported))

function print(name: string, figures: SupportFigures): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  console.log(`${name}: ${figures.truePairs} true, ${figures.falsePairs} false`)
  console.log(`  AUROC ${figures.auroc.toFixed(3)}, false called supported ${percent(figures.falseSupported)}`)
  console.log(`  true called supported ${percent(figures.trueSupported)}, called unsupported ${percent(figures.trueUnsupported)}`)
  for (const [operator, { supported, of }] of figures.byOperator) console.log(`  ${operator}: ${supported} of ${of} called supported`)
}
