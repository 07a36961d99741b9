import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../src/core/types/answer.js'
import { bookNames, createWorkspace, readCorpusText, type Workspace } from '../helpers/cli-corpus.js'
import { closedOllama } from '../helpers/run-cli.js'
import type { OllamaScript } from '../helpers/scripted-ollama/ollama-script.js'
import { type ScriptedOllama, startScriptedOllama } from '../helpers/scripted-ollama.js'

const question = 'What does the flag -P do?'
const written = 'The flag `-P` publishes every exposed port on a free high port of the host [1]. Ships sail by night [9].'
const tokens = written.split(/(?<= )/)

let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

/** What Ollama writes for these tokens, without an end. */
function toLines(parts: readonly string[]): string {
  return parts.map((content) => `${JSON.stringify({ model: 'gemma3', message: { role: 'assistant', content }, done: false })}\n`).join('')
}

async function startOllama(script: OllamaScript): Promise<ScriptedOllama> {
  const ollama = await startScriptedOllama(script)
  onTestFinished(() => ollama.close())
  return ollama
}

describe('pilotbook ask with Ollama', () => {
  test('lets the chat model answer and keeps only the citations that stand', async () => {
    const ollama = await startOllama({ replies: [{ kind: 'answer', tokens }] })
    const { code, stdout } = await workspace.run(['ask', '--json', question], { env: { OLLAMA_HOST: ollama.url } })
    expect(code).toBe(0)
    const answered: Answer = JSON.parse(stdout)
    expect(answered.aiModel).toMatch(/^Gemma ?3/)
    expect(answered.markdown).toContain('publishes every exposed port')
    expect(answered.markdown).not.toContain('[9]')
    expect(answered.citations).toHaveLength(1)
    const [citation] = answered.citations
    expect(citation).toMatchObject({ n: 1, file: bookNames.turnbull, headingPath: ['Publishing ports'] })
    expect(readCorpusText(workspace, bookNames.turnbull).slice(citation?.startOffset, citation?.endOffset)).toBe(citation?.quote)
    expect(answered.sentences.map(({ support }) => support)).toEqual(['supported', 'unsupported'])
    expect(answered.usage.promptTokens).toBeGreaterThan(0)
    expect(ollama.chats).toHaveLength(1)

    const told = await workspace.run(['ask', question], { env: { OLLAMA_HOST: ollama.url } })
    expect(told.stdout).toMatch(/\n\nAI Model: Gemma ?3\nEmbedding Model: none \(word search\)\nRAG Citation/)
  })

  test('asks no model when the books are silent', async () => {
    const ollama = await startOllama({ replies: [{ kind: 'answer', tokens }] })
    const { code } = await workspace.run(['ask', 'Who won the football world cup?'], { env: { OLLAMA_HOST: ollama.url } })
    expect(code).toBe(10)
    expect(ollama.chats).toHaveLength(0)
  })

  test('streams to a terminal and shows the checked text when the check changed it', async () => {
    const ollama = await startOllama({ replies: [{ kind: 'answer', tokens, tokenDelayMs: 5 }] })
    const { code, stdout, stderr } = await workspace.run(['ask', question], { env: { OLLAMA_HOST: ollama.url }, terminal: 'both' })
    expect(code).toBe(0)
    expect(stdout).toContain(`\u001b[1m# ${question}\u001b[22m\n\nThe flag \`-P\` publishes every exposed port`)
    expect(stdout).toContain('\u001b[36m[1]\u001b[39m The Docker Book › Publishing ports, line')
    expect(stdout.match(/AI Model: /g)).toHaveLength(1)
    expect(stderr).toContain('Searching …')
    const apart = await workspace.run(['ask', question], { env: { OLLAMA_HOST: ollama.url }, terminal: 'output-only' })
    expect(apart.stdout).toContain('\u001b[1m')
    expect(apart.stderr).not.toContain('\u001b')
    const plain = await workspace.run(['ask', question], { env: { OLLAMA_HOST: ollama.url, NO_COLOR: '1' }, terminal: 'both' })
    expect(plain.stdout).not.toContain('\u001b')
    const whole = await workspace.run(['ask', '--no-stream', '--no-color', '-q', question], {
      env: { OLLAMA_HOST: ollama.url },
      terminal: 'both',
    })
    expect(whole.stdout).not.toContain('\u001b')
    expect(whole.stderr).toBe('')
  })

  test('keeps what was written when the stream is cut, and says that the answer is incomplete', async () => {
    const ollama = await startOllama({ replies: [{ kind: 'no-done', afterTokens: 0, partOfLine: `${toLines(tokens)}{"model":"gem` }] })
    const env = { OLLAMA_HOST: ollama.url }
    const { code, stdout } = await workspace.run(['ask', '--json', question], { env })
    expect(code).toBe(0)
    const answered: Answer = JSON.parse(stdout)
    expect(answered.markdown).toContain('publishes every exposed port on a free high port of the host')
    expect(answered.citations).toHaveLength(1)
    expect(answered.notices.map(({ code }) => code)).toContain('ANSWER_INCOMPLETE')
    for (const terminal of ['both', undefined] as const) {
      const told = await workspace.run(['ask', question], { env, terminal })
      expect(told.stdout).toContain('publishes every exposed port')
      expect(told.stderr).toContain('Note: The chat model stopped before the answer was complete.')
    }
  })

  test('tells of a command that Docker does not know below the answer, on the other stream, once', async () => {
    const invented =
      'The flag `-P` publishes every exposed port on a free high port of the host [1]. Try `docker port open 80` and `docker porty`.'
    const ollama = await startOllama({ replies: [{ kind: 'answer', tokens: invented.split(/(?<= )/) }] })
    const env = { OLLAMA_HOST: ollama.url }
    for (const terminal of ['both', undefined] as const) {
      const { code, stdout, stderr } = await workspace.run(['ask', question], { env, terminal })
      expect(code).toBe(0)
      expect(stdout).not.toContain('Docker does not know')
      const text = stderr.replaceAll(/\s+/g, ' ')
      expect(
        text.match(/Docker does not know the command `docker porty`, and no cited passage shows it\. Docker's nearest is `docker port`\./g),
      ).toHaveLength(1)
      expect(text.match(/Docker knows the command `docker port`, but no cited passage shows it/g)).toHaveLength(1)
    }
  })

  test('exits 1 when the stream is cut before the first word', async () => {
    const ollama = await startOllama({ replies: [{ kind: 'cut' }] })
    const { code, stdout, stderr } = await workspace.run(['ask', '--json', question], { env: { OLLAMA_HOST: ollama.url } })
    expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 1, error: 'OLLAMA_CUT' })
    expect(stderr).toContain('ended the answer before it was complete')
  })

  test.each<{ name: string; script: OllamaScript }>([
    { name: 'never answers a connection', script: { isSilent: true } },
    { name: 'hangs before its first word', script: { replies: [{ kind: 'hang' }] } },
    { name: 'hangs in mid-answer', script: { replies: [{ kind: 'hang', afterTokens: 3 }] } },
  ])('exits 7 when --timeout passes while Ollama $name, and stops the model', async ({ script }) => {
    const ollama = await startOllama(script)
    const { code, stdout, stderr } = await workspace.run(['ask', '--json', '--timeout', '1', question], {
      env: { OLLAMA_HOST: ollama.url },
    })
    expect(code).toBe(7)
    expect(JSON.parse(stdout).error.code).toBe('TIMEOUT')
    expect(stderr).toMatch(/took longer than 1 seconds.*--timeout SECONDS/s)
    await expect.poll(() => ollama.openStreams).toBe(0)
  })

  test('exits 5 for a model demanded by name that cannot be had', async () => {
    const unreachable = await workspace.run(['ask', '--json', '--model', 'gemma3', question])
    expect(unreachable.code).toBe(5)
    expect(JSON.parse(unreachable.stdout).error.code).toBe('OLLAMA_UNREACHABLE')
    expect(unreachable.stderr).toContain(`Ollama does not answer at http://${closedOllama}`)
    const ollama = await startOllama({})
    const env = { OLLAMA_HOST: ollama.url }
    const missing = await workspace.run(['ask', '--model', 'llama9', question], { env })
    expect(missing.code).toBe(5)
    expect(missing.stderr).toMatch(/has no model "llama9"\. It has: gemma3.*ollama pull llama9.*MODEL_NOT_PULLED/s)
  })

  test('quotes the books, saying why, when Ollama lacks the model of the settings', async () => {
    const ollama = await startOllama({ models: [] })
    const { code, stdout } = await workspace.run(['ask', '--json', question], { env: { OLLAMA_HOST: ollama.url } })
    expect(code).toBe(0)
    const answered: Answer = JSON.parse(stdout)
    expect(answered.aiModel).toBe('none (quoted from the books)')
    expect(answered.notices.find(({ code }) => code === 'NO_CHAT_MODEL')?.text).toMatch(/ollama pull gemma3/)
  })
})
