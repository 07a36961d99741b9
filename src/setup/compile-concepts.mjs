// Last step of the build: analyses the concepts' phrases once, so that no command has to.
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [folder] = process.argv.slice(2)
const room = pathToFileURL(`${folder}/`)
const { loadConcepts } = await import(new URL('load-concepts.js', room).href)
const { buildConceptIndex } = await import(new URL('concept-index.js', room).href)
const { encodeConceptIndex } = await import(new URL('concept-index-file.js', room).href)
writeFileSync(new URL('concept-index.json', room), encodeConceptIndex(buildConceptIndex(loadConcepts())))
