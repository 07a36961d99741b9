import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createLogger, type Logger } from '../../src/app/logger.js'
import { type AppOptions, createApp } from '../../src/http/create-app.js'
import { type Listening, listen } from '../../src/http/listen.js'
import { createFakePilotbook, type FakePilotbook, type FakeScript } from './fake-pilotbook.js'

export interface ServedFake extends Listening {
  readonly fake: FakePilotbook
  /** Log lines so far, parsed. */
  readonly logged: readonly Record<string, unknown>[]
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>
}

/** The real service on a free port with a fake library behind it; closed when the test ends. */
export async function serveFake(script: FakeScript = {}, options: Partial<AppOptions> = {}): Promise<ServedFake> {
  const fake = createFakePilotbook(script)
  const logged: Record<string, unknown>[] = []
  const logger: Logger = createLogger({ level: 'debug', write: (line) => logged.push(JSON.parse(line)) })
  const pageDir = fileURLToPath(new URL('../../src/web/page', import.meta.url))
  const app = createApp({ pilotbook: fake, logger, pageDir, ...options })
  const listening = await listen({ app, host: '127.0.0.1', port: 0, graceMs: 1000 })
  onTestFinished(() => listening.close())
  const post = (path: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
    fetch(listening.url + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    })
  return { ...listening, fake, logged, post }
}
