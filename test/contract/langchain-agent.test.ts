import { ToolMessage } from '@langchain/core/messages'
import { createAgent } from 'langchain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookSearchToolName, createBookSearchTool } from '../../src/langchain/langchain.js'
import { createHarbourLibrary, type HarbourLibrary, harbourBook } from '../helpers/harbour-library.js'
import { createScriptedChatModel } from '../helpers/scripted-chat-model.js'

const question = 'What does -P do?'
let library: HarbourLibrary
beforeAll(async () => {
  library = await createHarbourLibrary()
})
afterAll(() => library.close())

async function askAgent(args: Readonly<Record<string, unknown>>) {
  const model = createScriptedChatModel({ name: bookSearchToolName, args })
  const agent = createAgent({ model, tools: [createBookSearchTool(library.pilotbook)] })
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] })
  return { messages, toolMessage: messages.find((message) => ToolMessage.isInstance(message)), model }
}

describe('a LangChain agent with the library as a tool', () => {
  it("reads the passage with its place, and its program finds the passage's exact place in the tool message", async () => {
    const { messages, toolMessage } = await askAgent({ question })

    expect(messages.map(({ type }) => type)).toEqual(['human', 'ai', 'tool', 'ai'])
    expect(toolMessage?.text).toMatch(/\[1\] Harbour Notes › (?:.+ › )?Ports, lines? [\d–]+ \(Harbour Notes\.md\)\n/)
    expect(toolMessage?.text).toContain('The flag `-P` publishes every exposed port of a container to a random port of the host.')
    const { startOffset, endOffset, text } = toolMessage?.artifact.passages[0] ?? {}
    expect(harbourBook.slice(startOffset, endOffset)).toBe(text)
    expect(text).toContain('`-P`')
  })

  it('hands what the tool found to its model, which answers from it', async () => {
    const { messages, toolMessage, model } = await askAgent({ question })

    expect(messages.at(-1)?.text).toBe(`I read: ${toolMessage?.text}`)
    expect(model.callCount).toBe(2)
  })

  it('lets its model mend a call whose arguments do not fit', async () => {
    const { toolMessage } = await askAgent({ query: question })

    expect(toolMessage).toMatchObject({ status: 'error', content: expect.stringContaining('did not match expected schema') })
  })
})
