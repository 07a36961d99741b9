import { createElement, findPart } from './create-element.js'
import { renderWords } from './render-words.js'

interface PartStatus {
  readonly part: string
  readonly state: 'ok' | 'degraded' | 'failed'
  readonly text: string
  readonly remedy?: string
}

// The others are of interest only when something is wrong with them.
const alwaysTold = new Set(['generator', 'embedder'])

/** Asks the service what it works with, and shows it in the status part with what would give something better. */
export async function showStatus(): Promise<void> {
  const list = findPart('status', HTMLUListElement)
  list.replaceChildren(...(await loadParts()).filter((part) => alwaysTold.has(part.part) || part.state !== 'ok').map(renderPart))
  list.hidden = list.children.length === 0
}

/** The list comes with status 200 and 503 alike. */
async function loadParts(): Promise<readonly PartStatus[]> {
  try {
    return parseParts(await (await fetch('/readyz')).text())
  } catch (thrown) {
    if (!(thrown instanceof TypeError) && !(thrown instanceof SyntaxError)) throw thrown
    return [{ part: 'service', state: 'failed', text: 'The service cannot be reached.' }]
  }
}

function parseParts(text: string): readonly PartStatus[] {
  const reply = JSON.parse(text) as { readonly parts?: readonly PartStatus[]; readonly message?: string; readonly remedy?: string }
  return reply.parts ?? [{ part: 'service', state: 'failed', text: reply.message ?? '', remedy: reply.remedy ?? '' }]
}

function renderPart({ part, state, text, remedy }: PartStatus): HTMLLIElement {
  const name = part.charAt(0).toUpperCase() + part.slice(1)
  const better = remedy === undefined || remedy === '' ? [] : [' → ', ...renderWords(remedy)]
  return createElement('li', { class: `state-${state}` }, [createElement('b', {}, [`${name}:`]), ' ', ...renderWords(text), ...better])
}
