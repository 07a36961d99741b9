// `npm start`: installs, builds, ingests what changed, serves.
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'

const entry = await prepare()
process.argv.splice(2, 0, 'serve', '--ingest')
await import(pathToFileURL(entry).href)
