import { createHash } from 'node:crypto'
import type { ScriptedModel } from './ollama-script.js'
import { type Exchange, findModel, sendJson } from './server-state.js'

export function listModels({ state, response }: Exchange): void {
  sendJson(response, 200, { models: state.models.map(toListed) })
}

export function showModel({ state, record, response }: Exchange): void {
  const model = findModel(state, record.body.model ?? record.body.name)
  if (model === undefined) {
    sendJson(response, 404, { error: `model '${String(record.body.model ?? '')}' not found` })
    return
  }
  const info = { 'general.architecture': 'gemma3', 'gemma3.context_length': model.contextLength ?? 131_072 }
  sendJson(response, 200, {
    template: '{{ .Prompt }}',
    parameters: '',
    details: toDetails(model),
    capabilities: ['completion'],
    model_info: info,
  })
}

export function listLoaded({ state, response }: Exchange): void {
  const models = [...state.loaded].map(([key, contextLength]) => {
    const name = key.slice(0, key.indexOf('|'))
    return { name, model: name, size: 1_000, size_vram: 0, expires_at: '2026-01-01T00:30:00Z', context_length: contextLength }
  })
  sendJson(response, 200, { models })
}

/** Vectors of length one, the same for the same text, in the order given. */
export function embedTexts({ state, record, response }: Exchange): void {
  const model = findModel(state, record.body.model)
  if (model === undefined) {
    sendJson(response, 404, { error: `model '${record.body.model ?? ''}' not found` })
    return
  }
  const input = record.body.input
  const texts = Array.isArray(input) ? input.map(String) : [String(input)]
  sendJson(response, 200, { model: model.name, embeddings: texts.map(toVector), prompt_eval_count: texts.join(' ').length })
}

function toVector(text: string): readonly number[] {
  const bytes = [...createHash('sha256').update(text).digest()].map((byte) => byte - 127.5)
  const length = Math.hypot(...bytes)
  return bytes.map((value) => value / length)
}

function toListed(model: ScriptedModel): object {
  const digest = createHash('sha256').update(model.name).digest('hex')
  const size = model.size ?? 3_338_801_804
  return { name: model.name, model: model.name, modified_at: '2026-01-01T00:00:00Z', size, digest, details: toDetails(model) }
}

function toDetails(model: ScriptedModel): object {
  const size = model.parameterSize ?? '4.3B'
  return { parent_model: '', format: 'gguf', family: 'gemma3', families: ['gemma3'], parameter_size: size, quantization_level: 'Q4_K_M' }
}
