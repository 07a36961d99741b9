import type { ConceptIndex } from './concept-index.js'

/** The index as text, for the build to store. */
export function encodeConceptIndex(index: ConceptIndex): string {
  const toText = (array: Uint16Array | Uint32Array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')
  const { terms, concepts, phraseTerms, phraseStarts, phraseConcepts } = index
  return JSON.stringify({
    terms: terms.join('\n'),
    concepts: concepts.map((own) => own.join('\n')).join('\n\n'),
    phraseTerms: toText(phraseTerms),
    phraseStarts: toText(phraseStarts),
    phraseConcepts: toText(phraseConcepts),
  })
}

/** The index that `encodeConceptIndex` wrote; fails with a SyntaxError or TypeError when the text is something else. */
export function decodeConceptIndex(text: string): ConceptIndex {
  const parts = JSON.parse(text) as Record<'terms' | 'concepts' | 'phraseTerms' | 'phraseStarts' | 'phraseConcepts', string>
  return {
    terms: parts.terms.split('\n'),
    concepts: parts.concepts.split('\n\n').map((own) => own.split('\n')),
    phraseTerms: new Uint16Array(toBuffer(parts.phraseTerms)),
    phraseStarts: new Uint32Array(toBuffer(parts.phraseStarts)),
    phraseConcepts: new Uint16Array(toBuffer(parts.phraseConcepts)),
  }
}

// A buffer of its own: typed arrays must start at a multiple of their size, which a slice of a pooled Buffer need not.
function toBuffer(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, 'base64')).buffer
}
