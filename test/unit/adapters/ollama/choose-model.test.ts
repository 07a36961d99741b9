import { describe, expect, it } from 'vitest'
import { chooseModel, toModelLabel } from '../../../../src/adapters/ollama/choose-model.js'

const url = 'http://127.0.0.1:11434'
const installed = (...names: readonly string[]) => names.map((name) => ({ name, sizeBytes: 1 }))

describe('chooseModel', () => {
  const choices: readonly (readonly [title: string, wanted: string, available: readonly string[], chosen: string])[] = [
    ['takes the exact name', 'gemma3:4b', ['gemma3:1b', 'gemma3:4b'], 'gemma3:4b'],
    ['adds :latest to a name without a tag', 'llama3.2', ['llama3.2:1b', 'llama3.2:latest'], 'llama3.2:latest'],
    ['finds an installed name that carries no tag', 'mine:latest', ['mine'], 'mine'],
    ['does not mind case', 'Gemma3:4B', ['gemma3:4b'], 'gemma3:4b'],
    ['prefers gemma3:latest for gemma3', 'gemma3', ['gemma3:4b', 'gemma3:latest'], 'gemma3:latest'],
    ['then 4b, before bigger and smaller ones', 'gemma3', ['gemma3:27b', 'gemma3:1b', 'gemma3:4b', 'gemma3:12b'], 'gemma3:4b'],
    ['then 12b', 'gemma3', ['gemma3:1b', 'gemma3:27b', 'gemma3:12b'], 'gemma3:12b'],
    ['takes a quantised variant before a worse size', 'gemma3', ['gemma3:270m', 'gemma3:4b-it-qat'], 'gemma3:4b-it-qat'],
    ['takes the plain one before its variant', 'gemma3', ['gemma3:1b-it-qat', 'gemma3:1b'], 'gemma3:1b'],
    ['takes a size it has never heard of before none', 'gemma3', ['llama3.2:latest', 'gemma3:8b'], 'gemma3:8b'],
    ['reads a registry with a port', 'localhost:5000/team/gemma', ['localhost:5000/team/gemma:latest'], 'localhost:5000/team/gemma:latest'],
  ]
  it.each(choices)('%s', (_title, ...[wanted, available, chosen]) => {
    expect(chooseModel(wanted, installed(...available), url).name).toBe(chosen)
  })

  const missing: readonly (readonly [title: string, wanted: string, available: readonly string[]])[] = [
    ['another size than the one named', 'gemma3:12b', ['gemma3:4b']],
    ['gemma3:latest when it was named with its tag', 'gemma3:latest', ['gemma3:4b']],
    ['another family of a similar name', 'gemma3', ['gemma3n:latest', 'gemma:latest']],
    ['another tag of a model that is not the default one', 'llama3.2', ['llama3.2:1b']],
  ]
  it.each(missing)('does not take %s', (_title, wanted, available) => {
    const error = { code: 'MODEL_NOT_PULLED', details: { url, model: wanted, available: available.join(', ') } }
    expect(() => chooseModel(wanted, installed(...available), url)).toThrow(expect.objectContaining(error))
  })

  it('says so when there is no model at all', () => {
    expect(() => chooseModel('gemma3', [], url)).toThrow(/has no model "gemma3". It has: none/)
  })
})

describe('toModelLabel', () => {
  const labels: readonly (readonly [name: string, label: string])[] = [
    ['gemma3:latest', 'Gemma3'],
    ['gemma3', 'Gemma3'],
    ['gemma3:4b', 'Gemma3 4b'],
    ['gemma3:4b-it-qat', 'Gemma3 4b-it-qat'],
    ['llama3.2:latest', 'Llama3.2'],
    ['hf.co/team/model:Q4_K_M', 'hf.co/team/model Q4_K_M'],
  ]
  it.each(labels)('names %s as %s', (name, label) => {
    expect(toModelLabel(name)).toBe(label)
  })
})
