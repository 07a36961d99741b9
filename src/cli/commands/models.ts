import { findModel } from '../../app/choose-embedder.js'
import { fetchEmbeddingModel } from '../../app/fetch-embedding-model.js'
import { AppError } from '../../core/errors/app-error.js'
import type { CommandContext } from '../command-context.js'

const megabyte = 1024 * 1024

/** Lists the embedding model's state and the chat models that Ollama has. */
export async function modelsCommand(flags: { readonly json?: boolean }, { config, terminal, signal }: CommandContext): Promise<number> {
  const found = await findModel(config)
  const embedding = found.kind === 'found' ? { state: 'here', path: found.path } : { state: 'missing', remedy: 'pilotbook models pull' }
  const chat = await listChatModels(config.ollamaUrl, signal)
  if (flags.json === true) terminal.print(JSON.stringify({ embedding, chat }))
  else {
    const names = chat.models.map(({ name, sizeBytes }) => `  ${name} (${(sizeBytes / megabyte / 1024).toFixed(1)} GB)`)
    terminal.print(
      [
        `Embedding model: ${embedding.state}, ${embedding.path ?? `run \`${embedding.remedy}\``}`,
        `Chat models: ${chat.text}`,
        ...names,
      ].join('\n'),
    )
  }
  return 0
}

/** Fetches the embedding model, or the chat model named, with progress. */
export async function pullCommand(name: string | undefined, { config, terminal, signal }: CommandContext): Promise<number> {
  const show = (what: string, received: number, total: number | undefined) => {
    const of = total === undefined ? '' : ` of ${(total / megabyte).toFixed(1)}`
    terminal.progress(`${what}: ${(received / megabyte).toFixed(1)}${of} MB`)
  }
  if (name === undefined) {
    const onProgress = (one: { file: string; receivedBytes: number; totalBytes?: number }) =>
      show(one.file, one.receivedBytes, one.totalBytes)
    const { path, revision } = await fetchEmbeddingModel(config, { signal, onProgress })
    terminal.clearProgress()
    terminal.print(`The embedding model is in ${path} (revision ${revision}). Run \`pilotbook ingest\` to use it.`)
    return 0
  }
  const { pullModel } = await import('../../adapters/ollama/pull-model.js')
  await pullModel({
    baseUrl: config.ollamaUrl,
    model: name,
    signal,
    onProgress: ({ status, completedBytes, totalBytes }) => show(status, completedBytes, totalBytes),
  })
  terminal.clearProgress()
  terminal.print(`Ollama has ${name} now.`)
  return 0
}

async function listChatModels(baseUrl: string, signal: AbortSignal) {
  const { probeOllama } = await import('../../adapters/ollama/probe-ollama.js')
  try {
    const { version, models } = await probeOllama({ baseUrl, signal })
    return { text: `Ollama ${version} at ${baseUrl} has ${models.length}`, models }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'OLLAMA_UNREACHABLE') throw error
    return { text: `${error.message} Start it with \`ollama serve\`, or set OLLAMA_HOST.`, models: [] }
  }
}
