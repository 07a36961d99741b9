import { AppError } from '../../core/errors/app-error.js'
import { toDisplayUrl } from './parse-ollama-host.js'
import type { OllamaModel } from './parse-replies.js'

/** Which sizes answer best from books while still running on most machines, best first (see the README's table of models). */
const gemmaSizes = ['latest', '4b', '12b', '27b', '1b', '270m']

/**
 * The installed model that a wanted name means. A name without a tag means `:latest`, as for Ollama, and case does not
 * matter; `gemma3` alone also means any installed size of it. Fails with MODEL_NOT_PULLED, listing what there is.
 */
export function chooseModel(wanted: string, available: readonly OllamaModel[], baseUrl: string): OllamaModel {
  const name = toFullName(wanted)
  const exact = available.find((model) => toFullName(model.name) === name)
  if (exact !== undefined) return exact
  const sibling = name === 'gemma3:latest' && isWithoutTag(wanted) ? findGemma(available) : undefined
  if (sibling !== undefined) return sibling
  throw toModelNotPulled(wanted, available, baseUrl)
}

export function toModelNotPulled(wanted: string, available: readonly OllamaModel[], baseUrl: string): AppError {
  const names = available.map((model) => model.name).join(', ')
  return new AppError('MODEL_NOT_PULLED', { url: toDisplayUrl(baseUrl), model: wanted.trim(), available: names === '' ? 'none' : names })
}

/** A model as the answer names it: `gemma3:latest` is `Gemma3`, `gemma3:4b` is `Gemma3 4b`; a name with a path stays as it is. */
export function toModelLabel(name: string): string {
  const { family, tag } = splitName(name)
  const shown = family.includes('/') ? family : family.charAt(0).toUpperCase() + family.slice(1)
  return tag === undefined || tag.toLowerCase() === 'latest' ? shown : `${shown} ${tag}`
}

function findGemma(available: readonly OllamaModel[]): OllamaModel | undefined {
  const gemmas = available.filter((model) => splitName(toFullName(model.name)).family === 'gemma3')
  const [best] = gemmas.toSorted((a, b) => toPlace(a) - toPlace(b) || a.name.length - b.name.length)
  return best
}

/** `4b` and its variants, such as `4b-it-qat`, share a place; unknown sizes come last. */
function toPlace(model: OllamaModel): number {
  const size = splitName(toFullName(model.name)).tag?.split('-')[0] ?? ''
  const place = gemmaSizes.indexOf(size)
  return place === -1 ? gemmaSizes.length : place
}

function toFullName(name: string): string {
  const full = isWithoutTag(name) ? `${name.trim()}:latest` : name.trim()
  return full.toLowerCase()
}

const isWithoutTag = (name: string): boolean => splitName(name).tag === undefined

/** The tag stands behind the last colon, unless that colon belongs to a registry's port. */
function splitName(name: string): { readonly family: string; readonly tag?: string } {
  const found = /^(?<family>.+):(?<tag>[^/:]+)$/.exec(name.trim())?.groups
  if (found?.family === undefined || found.tag === undefined) return { family: name.trim() }
  return { family: found.family, tag: found.tag }
}
