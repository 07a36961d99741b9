// `npm test`: format, lint, types, tests; ends with the test runner's summary. Arguments go to the test runner.
import { prepare, runTool } from './prepare.mjs'

await prepare()
runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
runTool('typescript/bin/tsc', ['-p', 'test/tsconfig.json'])
runTool('vitest/vitest.mjs', ['run', ...process.argv.slice(2)], { env: { ...process.env, LANGSMITH_TRACING: 'false' } })
