import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { type FakeBuiltModel, fakeModel } from '@langchain/core/testing'

export interface ScriptedToolCall {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** A chat model that calls one tool and then repeats what the tool told it, behind `I read: `. Throws when asked a third time. */
export function createScriptedChatModel({ name, args }: ScriptedToolCall): FakeBuiltModel {
  return fakeModel()
    .respond(new AIMessage({ content: '', tool_calls: [{ id: 'call-1', name, args: { ...args } }] }))
    .respond((messages) => new AIMessage(`I read: ${messages.findLast((message) => ToolMessage.isInstance(message))?.text ?? 'nothing'}`))
}
