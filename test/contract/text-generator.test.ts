import { createOllamaGenerator } from '../../src/adapters/ollama/ollama-generator.js'
import { createExtractiveGenerator } from '../../src/answer/generate-text/extractive/extractive-generator.js'
import type { GenerationRequest } from '../../src/core/ports/text-generator.js'
import { createFakeGenerator } from '../helpers/fake-generator.js'
import { rankedPassage } from '../helpers/ranked-passage.js'
import { waitUntil } from '../helpers/scripted-ollama/wait-until.js'
import { startScriptedOllama } from '../helpers/scripted-ollama.js'
import { describeTextGenerator } from './text-generator-suite.js'

const request: GenerationRequest = { question: 'What is an image?', prompt: 'What is an image?', passages: [] }

describeTextGenerator('fake', async () => {
  const generator = createFakeGenerator({ texts: ['An image ', 'is a template.'] })
  return { generator, request, checkIdle: () => waitUntil(() => generator.running === 0, 'all have ended') }
})

describeTextGenerator('ollama', async () => {
  const ollama = await startScriptedOllama()
  return {
    generator: createOllamaGenerator({ baseUrl: ollama.url, model: 'gemma3:latest' }),
    request,
    checkIdle: () => waitUntil(() => ollama.openStreams === 0, 'all streams have ended'),
    close: () => ollama.close(),
  }
})

describeTextGenerator('extractive', async () => {
  const volumes = rankedPassage(
    { text: 'A volume is a folder that Docker keeps. It outlives the container.\n\nRemove it:\n\n```sh\ndocker volume rm data\n```' },
    1,
  )
  const more = rankedPassage({ text: 'Volumes are listed by `docker volume ls`, and a volume is removed by hand.' }, 2)
  return {
    generator: createExtractiveGenerator(),
    request: { question: 'How do I remove a volume?', prompt: '', passages: [volumes, more] },
  }
})
