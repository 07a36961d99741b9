// Runs a TypeScript file of the project: `node src/setup/run.mjs FILE [ARGUMENTS]`.
import { prepare, runTool } from './prepare.mjs'

await prepare()
runTool('tsx/dist/cli.mjs', process.argv.slice(2))
