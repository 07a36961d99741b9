// What `import … from 'pilotbook/langchain'` offers.

export type { Embedder } from '../core/ports/embedder.js'
export { bookSearchToolName, createBookSearchTool } from './book-search-tool.js'
export { openEmbeddings } from './open-embeddings.js'
export { PilotbookEmbeddings } from './pilotbook-embeddings.js'
export type { PassageMetadata, PilotbookRetrieverInput } from './pilotbook-retriever.js'
export { PilotbookRetriever } from './pilotbook-retriever.js'
