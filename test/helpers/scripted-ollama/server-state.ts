import type { ServerResponse } from 'node:http'
import type { OllamaScript, RecordedRequest, ScriptedModel } from './ollama-script.js'

/** What the server remembers while it runs: what is on disk, what is loaded, who waits for which model. */
export interface ServerState {
  readonly script: OllamaScript
  readonly models: ScriptedModel[]
  readonly requests: RecordedRequest[]
  /** Loaded models with their load-time context, and how often anything was loaded. */
  readonly loaded: Map<string, number>
  loads: number
  openStreams: number
  generations: number
  readonly turns: Map<string, Promise<void>>
}

/** One request being answered. */
export interface Exchange {
  readonly state: ServerState
  readonly record: RecordedRequest
  readonly response: ServerResponse
  /** Fires when the connection is closed before the reply is complete. */
  readonly closed: AbortSignal
}

export function createState(script: OllamaScript): ServerState {
  const models = [...(script.models ?? [{ name: 'gemma3:latest' }])]
  return { script, models, requests: [], loaded: new Map(), loads: 0, openStreams: 0, generations: 0, turns: new Map() }
}

export function findModel(state: ServerState, name: unknown): ScriptedModel | undefined {
  const full = toFullName(String(name ?? ''))
  return state.models.find((model) => toFullName(model.name) === full)
}

export function toFullName(name: string): string {
  return (/:[^/]+$/.test(name) ? name : `${name}:latest`).toLowerCase()
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}

/** Headers go out with the first line, as Ollama sends them. */
export function writeLine(response: ServerResponse, value: unknown): void {
  writeRaw(response, `${typeof value === 'string' ? value : JSON.stringify(value)}\n`)
}

export function writeRaw(response: ServerResponse, text: string): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.write(text)
}

/** Waits for the model's slot; resolves to false when the connection closed meanwhile. `release` must be called either way. */
export function takeTurn(state: ServerState, model: string): { readonly ready: Promise<void>; release(): void } {
  const before = state.turns.get(model) ?? Promise.resolve()
  let release = () => {}
  const mine = new Promise<void>((resolve) => {
    release = resolve
  })
  state.turns.set(
    model,
    before.then(() => mine),
  )
  return { ready: before, release }
}
