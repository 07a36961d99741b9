// A LangChain agent that answers from your books. Without --model a scripted model plays its part, offline:
//   npx tsx src/dev/examples/langchain-agent.ts "What does -P do?"
//   npx tsx src/dev/examples/langchain-agent.ts --model ollama:qwen3 "What does -P do?"
// A model needs LangChain's package for its provider (`npm install --no-save @langchain/ollama`) and must be able to call tools.
import { parseArgs } from 'node:util'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { fakeModel } from '@langchain/core/testing'
import { createAgent, initChatModel } from 'langchain'
import { loadConfig } from '../../app/config/load-config.js'
import { createPilotbook } from '../../app/create-pilotbook.js'
import { AppError } from '../../core/errors/app-error.js'
import { bookSearchToolName, createBookSearchTool } from '../../langchain/langchain.js'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { model: { type: 'string' } } })
const question = positionals.join(' ') || 'How is a Docker client different from a Docker daemon?'

const pilotbook = createPilotbook(loadConfig(), { mode: 'command' })
try {
  // An agent hands a tool's failure to its model, which would take a missing index for missing knowledge: so it is found out here.
  await pilotbook.books()
  const model = values.model === undefined ? createScriptedModel(question) : await initChatModel(values.model)
  const agent = createAgent({ model, tools: [createBookSearchTool(pilotbook, { k: 3 })] })
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] })
  for (const message of messages) console.log(`--- ${message.type}\n${message.text || JSON.stringify(toCalls(message))}\n`)
} catch (error) {
  console.error(error instanceof AppError ? `Error: ${error.message}\n  → ${error.remedy}` : String(error))
  process.exitCode = 1
} finally {
  await pilotbook.close()
}

/** Searches for the question, then says where the best passage stands. */
function createScriptedModel(asked: string): BaseChatModel {
  const search = { id: 'call-1', name: bookSearchToolName, args: { question: asked } }
  return fakeModel()
    .respond(new AIMessage({ content: '', tool_calls: [search] }))
    .respond((messages) => {
      const found = messages.findLast((message) => ToolMessage.isInstance(message))?.text ?? ''
      const place = /^\[1\] (.*)$/m.exec(found)?.[1]
      return new AIMessage(place === undefined ? 'The books hold nothing on this.' : `A real model would answer here from ${place} [1].`)
    })
}

function toCalls(message: unknown): unknown {
  return AIMessage.isInstance(message) ? message.tool_calls : []
}
