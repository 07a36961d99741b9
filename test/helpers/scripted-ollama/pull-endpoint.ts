import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ScriptedPull } from './ollama-script.js'
import { type Exchange, sendJson, writeLine } from './server-state.js'

const unknown = { error: 'pull model manifest: file does not exist' }

/** POST /api/pull: layer after layer, then the model is there. */
export async function pullModelFiles(exchange: Exchange): Promise<void> {
  const { state, record, response } = exchange
  const name = String(record.body.model ?? record.body.name ?? '')
  const isStreamed = record.body.stream !== false
  const pull = state.script.pulls?.[name]
  if (pull === undefined && !isStreamed) return sendJson(response, 500, unknown)
  if (isStreamed) writeLine(response, { status: 'pulling manifest' })
  if (pull === undefined) {
    writeLine(response, unknown)
    response.end()
    return
  }
  if (isStreamed && !(await writeLayers(exchange, pull))) return
  state.models.push({ name: name.includes(':') ? name : `${name}:latest` })
  if (!isStreamed) return sendJson(response, 200, { status: 'success' })
  for (const status of ['verifying sha256 digest', 'writing manifest', 'success']) writeLine(response, { status })
  response.end()
}

async function writeLayers({ response, closed }: Exchange, pull: ScriptedPull): Promise<boolean> {
  const steps = pull.steps ?? 3
  for (const [place, total] of pull.layers.entries()) {
    const digest = `sha256:${createHash('sha256').update(String(place)).digest('hex')}`
    const status = `pulling ${digest.slice(7, 19)}`
    const isLastEndless = pull.isEndless === true && place === pull.layers.length - 1
    writeLine(response, { status, digest, total })
    for (let step = 1; isLastEndless || step <= steps; step += 1) {
      await sleep(1)
      if (closed.aborted) return false
      writeLine(response, { status, digest, total, completed: isLastEndless ? 1 : Math.round((total * step) / steps) })
    }
  }
  return true
}
