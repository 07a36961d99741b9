import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/core/types/answer.js'
import { bookNames, countLines, createOwnWorkspace, createWorkspace, readCorpusText, type Workspace } from '../helpers/cli-corpus.js'

const clientQuestion = 'How is a Docker client different from a Docker daemon?'

let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

/** Numbers of the markers in the answer's text, code left out. */
function findMarkers(markdown: string): ReadonlySet<number> {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
  return new Set([...prose.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, n]) => Number(n)))
}

function expectCheckedCitations({ markdown, sentences, citations, retrieval }: Answer): void {
  for (const citation of citations) {
    const text = readCorpusText(workspace, citation.file)
    expect(text.slice(citation.startOffset, citation.endOffset)).toBe(citation.quote)
    expect(citation.quote.trim()).not.toBe('')
    expect(countLines(text, citation.startOffset, citation.endOffset)).toEqual({ startLine: citation.startLine, endLine: citation.endLine })
    const passage = retrieval.passages.find(({ id }) => id === citation.passageId)
    expect(passage).toMatchObject({ file: citation.file, kept: true })
    expect(passage?.startOffset).toBeLessThanOrEqual(citation.startOffset)
    expect(passage?.endOffset).toBeGreaterThanOrEqual(citation.endOffset)
  }
  expect(findMarkers(markdown)).toEqual(new Set(citations.map(({ n }) => n)))
  let end = 0
  for (const sentence of sentences) {
    expect(sentence.start).toBeGreaterThanOrEqual(end)
    expect(sentence.end).toBeGreaterThan(sentence.start)
    expect(sentence.end).toBeLessThanOrEqual(markdown.length)
    for (const n of sentence.citations) expect(citations.map((citation) => citation.n)).toContain(n)
    end = sentence.end
  }
}

describe('pilotbook ask without any model', () => {
  test('prints the answer as one object whose citations are exact places in the books', async () => {
    const { code, stdout } = await workspace.run(['ask', '--json', clientQuestion])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    const answered: Answer = JSON.parse(stdout)
    expect(answered).toMatchObject({
      kind: 'answered',
      question: clientQuestion,
      aiModel: 'none (quoted from the books)',
      embeddingModel: 'none (word search)',
      usage: { promptTokens: 0, answerTokens: 0 },
    })
    expect([...answered.knowledgeBase].sort()).toEqual(Object.values(bookNames).sort())
    expect(answered.notices.map(({ code }) => code).sort()).toEqual(['EMBEDDING_MODEL_MISSING', 'NO_CHAT_MODEL'])
    expect(answered.citations[0]).toMatchObject({ file: bookNames.turnbull, headingPath: ['Client and daemon'] })
    expectCheckedCitations(answered)
  })

  test('shows people title, answer, sources with lines, and the three lines of the original page', async () => {
    const { code, stdout, stderr } = await workspace.run(['ask', ...clientQuestion.split(' ')])
    expect(code).toBe(0)
    expect(stdout.startsWith(`# ${clientQuestion}\n\n`)).toBe(true)
    expect(stdout).toMatch(/the client sends requests.* \[1\]/s)
    expect(stdout).toMatch(/\n\[1\] The Docker Book › Client and daemon, line(?:s \d+–)? ?\d+\n/)
    expect(stdout).toMatch(
      /\n\nAI Model: none \(quoted from the books\)\nEmbedding Model: none \(word search\)\nRAG Citation \(Knowledge Base\):\n(?:- .+\n){4}$/,
    )
    for (const name of Object.values(bookNames)) expect(stdout).toContain(`- ${name}\n`)
    expect(stderr).toMatch(/^Note: No embedding model is here.*\nNote: No language model/)
    expect(`${stdout}${stderr}`).not.toContain('\u001b')
  })

  test('exits 10 when the books are silent, names the nearest sections or none, and cites nothing', async () => {
    const { code, stdout } = await workspace.run(['ask', '--json', 'Who won the 1998 football world cup?'])
    expect(code).toBe(10)
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'no-evidence', citations: [], sentences: [] })
    const told = await workspace.run(['ask', '-q', 'Who won the football cup on port 80?'])
    expect(told).toMatchObject({ code: 10, stderr: '' })
    expect(told.stdout).toContain('The books do not answer this.')
  })

  test('answers lines of standard input with one object each, refusals and bad lines included, and exits 0', async () => {
    const lines = [
      clientQuestion,
      'Who won the football world cup?',
      '',
      'How do I create a network?',
      'What does -P do?',
      'How are volumes removed?',
    ]
    const { code, stdout } = await workspace.run(['ask', '--json', '-'], { input: `${lines.join('\n')}\n` })
    expect(code).toBe(0)
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results.map(({ question }) => question)).toEqual(lines)
    expect(results.map(({ kind, error }) => error?.code ?? kind)).toEqual([
      'answered',
      'no-evidence',
      'QUESTION_EMPTY',
      'answered',
      'answered',
      'answered',
    ])
    for (const result of results) if (result.kind === 'answered') expectCheckedCitations(result)
  })

  test('asks only the books that --book and --year name', async () => {
    const { stdout } = await workspace.run([
      'ask',
      '--json',
      '--book',
      bookNames.running,
      '--book',
      'Orchestrating Docker',
      'What is a volume?',
    ])
    expect([...JSON.parse(stdout).knowledgeBase].sort()).toEqual([bookNames.running, bookNames.orchestrating].sort())
    const unknown = await workspace.run(['ask', '--book', 'Moby Dick', 'What is a volume?'])
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(/There is no book "Moby Dick" in the index\. It holds: .*BOOK_UNKNOWN/s)
    const old = await workspace.run(['ask', '--json', '--year', '1990-1991', 'What is a volume?'])
    expect(old.code).toBe(10)
    expect(JSON.parse(old.stdout).knowledgeBase).toEqual([])
  })

  test('answers the question of a course article with front matter, shortcode and tags, alone in its corpus', async () => {
    const own = createOwnWorkspace()
    for (const name of Object.values(bookNames)) rmSync(`${own.corpus}/${name}`, { recursive: true })
    writeFileSync(
      `${own.corpus}/client-and-daemon.md`,
      [
        '---\ntitle: "Client & daemon"\nauthor: A. Teacher\ntimestamp: 2023-04-05\ntags: [docker]\nbooks: []\n---\n',
        '## The parts of Docker\n\n{% youtube abc123 %}\n',
        'The <b>Docker client</b> differs from the <b>Docker daemon</b>: the client sends commands, the daemon carries them out.\n',
      ].join('\n'),
    )
    const { code, stdout } = await own.run(['ask', '-q', clientQuestion])
    expect(code).toBe(0)
    expect(stdout).toMatch(/the daemon carries them out/)
    expect(stdout).toMatch(/\[1\] Client & daemon › The parts of Docker, line/)
    expect(stdout).not.toContain('youtube')
  })
})
