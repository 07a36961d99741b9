import { describe, expect, test } from 'vitest'
import { createExtractiveGenerator } from '../../../../../src/answer/generate-text/extractive/extractive-generator.js'
import { toQuestionKind } from '../../../../../src/answer/generate-text/extractive/question-kind.js'
import type { GeneratedPiece } from '../../../../../src/core/ports/text-generator.js'
import type { RankedPassage } from '../../../../../src/core/types/retrieval.js'
import { rankedPassage } from '../../../../helpers/ranked-passage.js'

async function generate(question: string, passages: readonly RankedPassage[]): Promise<readonly GeneratedPiece[]> {
  const pieces: GeneratedPiece[] = []
  for await (const piece of createExtractiveGenerator().generate({ question, prompt: '', passages })) pieces.push(piece)
  return pieces
}

async function quote(question: string, passages: readonly RankedPassage[]): Promise<readonly string[]> {
  return (await generate(question, passages)).flatMap((piece) => (piece.kind === 'quoted' ? [piece.text] : []))
}

const client = rankedPassage({
  before: 'x\n\n',
  headingPath: ['How the client differs from the daemon'],
  text: 'The Docker client sends commands, while the Docker daemon carries them out. Both may run on one machine.\n\nThe weather was fine that day.',
})
const volumes = rankedPassage(
  {
    headingPath: ['Volumes', 'Backing up'],
    text: 'A volume is a folder that Docker keeps for you.\n\nTo back up a volume, run this:\n\n```sh\ndocker run --rm -v data:/data -v "$PWD":/out alpine tar cf /out/data.tar /data\n```\n\nThe file lies in your folder.',
  },
  2,
)

describe('createExtractiveGenerator', () => {
  test('quotes exact slices of the file and ends with a complete end', async () => {
    const pieces = await generate('How is a Docker client different from a Docker daemon?', [client, volumes])
    const quotes = pieces.filter((piece) => piece.kind === 'quoted')
    expect(quotes.length).toBeGreaterThan(0)
    for (const { text, place } of quotes) {
      const { passage } = [client, volumes][place.passageNumber - 1] ?? client
      expect(passage.text.slice(place.startOffset - passage.startOffset, place.endOffset - passage.startOffset)).toBe(text)
    }
    expect(pieces.at(-1)).toEqual({ kind: 'end', complete: true, promptTokens: 0, answerTokens: 0 })
  })

  test('answers a comparison with the sentence that sets both sides against each other, and leaves the weather out', async () => {
    const [first = '', ...rest] = await quote('How is a Docker client different from a Docker daemon?', [client, volumes])
    expect(first).toContain('while the Docker daemon carries them out')
    expect(rest.join('\n')).not.toContain('weather')
  })

  test('answers "how do I" with the command and the sentence that leads to it', async () => {
    const quotes = await quote('How do I back up a volume?', [volumes])
    expect(quotes).toContainEqual(expect.stringMatching(/^To back up a volume, run this:\n\n```sh\n[^`]+\n```$/))
  })

  test('answers "what is" with the definition first', async () => {
    expect((await quote('What is a volume?', [client, volumes]))[0]).toBe('A volume is a folder that Docker keeps for you.')
  })

  test('quotes only what fits into about 150 words beside code, and nothing twice', async () => {
    const sentence = (number: number) =>
      `The Docker volume number ${number} keeps ${Array.from({ length: 30 }, (_, position) => `thing${number}x${position}`).join(' ')}.`
    const long = rankedPassage({ text: Array.from({ length: 12 }, (_, number) => sentence(number)).join(' ') })
    const twice = rankedPassage({ text: long.passage.text }, 2)
    const all = (await quote('What does a Docker volume keep?', [long, twice])).join(' ')
    expect(all.split(/\s+/).length).toBeLessThanOrEqual(160)
    expect(new Set(all.match(/number \d+/g)).size).toBe(all.match(/number \d+/g)?.length)
  })

  test('says nothing where nothing can be quoted', async () => {
    expect(await generate('What is it?', [rankedPassage({ text: '<!-- only a comment -->' })])).toEqual([
      { kind: 'end', complete: true, promptTokens: 0, answerTokens: 0 },
    ])
  })

  test('stops with INTERRUPTED when it is told to', async () => {
    const pieces = createExtractiveGenerator().generate({ question: 'What?', prompt: '', passages: [client], signal: AbortSignal.abort() })
    await expect(pieces[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })
})

test.each([
  ['What is the difference between CMD and ENTRYPOINT?', { kind: 'comparison', left: 'CMD', right: 'ENTRYPOINT?' }],
  ['How is a Docker client different from a Docker daemon?', { kind: 'comparison', left: 'a Docker client', right: 'a Docker daemon?' }],
  ['volumes vs bind mounts', { kind: 'comparison', left: 'volumes', right: 'bind mounts' }],
  ['How do I stop a container?', { kind: 'how-to' }],
  ['permission denied while trying to connect', { kind: 'trouble' }],
  ['What is a layer?', { kind: 'definition', subject: 'layer' }],
  ["What's a layer?", { kind: 'definition', subject: 'layer' }],
  ['what does -P do?', { kind: 'definition', subject: '-P' }],
  ['layers', { kind: 'other' }],
])('toQuestionKind takes %j for %j', (question, kind) => {
  expect(toQuestionKind(question)).toEqual(kind)
})
