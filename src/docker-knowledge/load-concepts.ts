import { buildConcepts } from './concepts/build-concepts.js'
import { composeConcepts } from './concepts/compose-concepts.js'
import { containerConcepts } from './concepts/container-concepts.js'
import { imageConcepts } from './concepts/image-concepts.js'
import { networkConcepts } from './concepts/network-concepts.js'
import { operatingConcepts } from './concepts/operating-concepts.js'
import { runningConcepts } from './concepts/running-concepts.js'
import { storageConcepts } from './concepts/storage-concepts.js'
import { type Concept, parseConcepts } from './parse-concepts.js'

const topics = [
  containerConcepts,
  imageConcepts,
  storageConcepts,
  networkConcepts,
  buildConcepts,
  composeConcepts,
  runningConcepts,
  operatingConcepts,
]

let loaded: readonly Concept[] | undefined

/** All concepts over the whole field, parsed at the first call. They belong to the program and serve every corpus. */
export function loadConcepts(): readonly Concept[] {
  loaded ??= topics.flatMap(parseConcepts)
  return loaded
}
