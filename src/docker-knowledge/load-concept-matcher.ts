import { existsSync, readFileSync } from 'node:fs'
import { decodeConceptIndex } from './concept-index-file.js'
import { ConceptMatcher } from './concept-matcher.js'

/** Written by the build beside this file: analysing all phrases anew would cost every command 60 ms. */
export const compiledConcepts = new URL('./concept-index.json', import.meta.url)

let loading: Promise<ConceptMatcher> | undefined

/** The program's own concepts, ready for questions about any corpus; read at the first call. */
export function loadConceptMatcher(): Promise<ConceptMatcher> {
  loading ??= load()
  return loading
}

async function load(): Promise<ConceptMatcher> {
  if (existsSync(compiledConcepts)) return new ConceptMatcher(decodeConceptIndex(readFileSync(compiledConcepts, 'utf8')))
  const [{ buildConceptIndex }, { loadConcepts }] = await Promise.all([import('./concept-index.js'), import('./load-concepts.js')])
  return new ConceptMatcher(buildConceptIndex(loadConcepts()))
}
