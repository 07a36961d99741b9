// Run as a process of its own by the tracing test, with an environment that asks for tracing. Prints one JSON object.
import { tool } from '@langchain/core/tools'
import { createAgent } from 'langchain'
import { bookSearchToolName, createBookSearchTool, PilotbookEmbeddings, PilotbookRetriever } from '../../src/langchain/langchain.js'
import { createFakeEmbedder } from './fake-embedder.js'
import { createHarbourLibrary, harbourBook } from './harbour-library.js'
import { createScriptedChatModel } from './scripted-chat-model.js'

const question = 'What does -P do?'

/** One book with a paragraph so long that the text splitter has to break it. */
const books = {
  'Harbour Notes.md': harbourBook,
  'Long.md': `# Long\n\n## Tale\n\n${Array.from({ length: 900 }, (_, at) => `Boat ${at} carries image ${at}.`).join(' ')}\n`,
}

/** The questions' pipeline alone: splitter, prompt templates and a chat model, before anything of `src/langchain` is created. */
async function answerFromBooks(ollamaUrl: string) {
  const library = await createHarbourLibrary({ books, environment: { OLLAMA_HOST: ollamaUrl } })
  const { aiModel } = await library.pilotbook.answer({ question })
  const { passages } = await library.pilotbook.search({ question: 'Boat 500 carries image 500', k: 50 })
  await library.close()
  return { aiModel, longPassages: passages.filter(({ file }) => file === 'Long.md').length }
}

/** Every part that `pilotbook/langchain` offers. */
async function runParts() {
  const library = await createHarbourLibrary()
  const agent = createAgent({
    model: createScriptedChatModel({ name: bookSearchToolName, args: { question } }),
    tools: [createBookSearchTool(library.pilotbook)],
  })
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] })
  const documents = await new PilotbookRetriever({ pilotbook: library.pilotbook }).invoke(question)
  const vector = await new PilotbookEmbeddings(createFakeEmbedder()).embedQuery(question)
  await library.close()
  return { messages: messages.length, documents: documents.length, dimension: vector.length }
}

/** The same kind of agent without anything of Pilotbook. */
async function runWithoutPilotbook() {
  const schema = { type: 'object', properties: { question: { type: 'string' } } } as const
  const plain = tool(async () => 'A plain passage.', { name: 'plain', description: 'Plain.', schema })
  const agent = createAgent({ model: createScriptedChatModel({ name: 'plain', args: { question } }), tools: [plain] })
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] })
  return { messages: messages.length }
}

const [program, ollamaUrl = ''] = process.argv.slice(2)
const programs: Readonly<Record<string, () => Promise<object>>> = {
  answer: () => answerFromBooks(ollamaUrl),
  parts: runParts,
  'without-pilotbook': runWithoutPilotbook,
}
console.log(JSON.stringify(await programs[program ?? '']?.()))
