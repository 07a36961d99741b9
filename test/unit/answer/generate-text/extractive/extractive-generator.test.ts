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

  test('answers a question in other words than the book with the opening of the best section, not with stray words of another', async () => {
    const best = rankedPassage({
      headingPath: ['Restart policies'],
      text: 'A restart policy tells the daemon to start a container again when it ends. It is set with `--restart`.\n\nPolicies are four.',
    })
    const stray = rankedPassage(
      { headingPath: ['Proxies'], text: 'Some servers sit behind a proxy. After a cut of the power line it comes back.' },
      4,
    )
    const question = 'After a power cut my app stays dead although the server comes back, can it rise by itself?'
    expect((await quote(question, [best, stray]))[0]).toBe(
      'A restart policy tells the daemon to start a container again when it ends. It is set with `--restart`.',
    )
  })

  test('sets two things that no sentence compares side by side in a list of two, each cited from its place', async () => {
    const bridge = rankedPassage({ headingPath: ['Bridge network'], text: 'A bridge network joins the containers of one host.' })
    const overlay = rankedPassage(
      { headingPath: ['Overlay network'], text: 'An overlay network spans several hosts.\n\nIt needs a swarm.' },
      2,
    )
    const pieces = await generate('bridge network vs overlay network', [bridge, overlay])
    const text = pieces.map((piece) => (piece.kind === 'end' ? '' : piece.text)).join('')
    expect(text).toMatch(/^- A bridge network joins the containers of one host\.\n- An overlay network spans several hosts\./)
    expect(pieces.flatMap((piece) => (piece.kind === 'quoted' ? [piece.place.passageNumber] : [])).slice(0, 2)).toEqual([1, 2])
  })

  test("answers a question about a flag with the flag's own row, and with the whole table when the flag heads it", async () => {
    const table = '| Flag | Effect |\n|---|---|\n| `-d`, `--detach` | runs in the background |\n| `--rm` | removes the container |'
    const flags = rankedPassage({ headingPath: ['docker run'], text: `Flags:\n\n${table}` })
    const quotes = await quote('What does --rm do?', [flags])
    expect(quotes.join('\n')).toContain('`--rm` | removes the container')
    expect(quotes.join('\n')).not.toContain('background')
    const heads = '| | `-p` | `-P` |\n|---|---|---|\n| Ports | those named | those exposed |'
    const headed = rankedPassage({ headingPath: ['Ports'], text: `Both publish ports.\n\n${heads}` })
    expect((await quote('What does -P do?', [headed])).join('\n')).toContain(heads)
  })

  test("does not answer with the book's own question, nor with a bold line that is a heading", async () => {
    const asks = rankedPassage({
      headingPath: ['Volumes'],
      text: '**Volumes**\n\nWhat does a volume keep? It keeps data when the container is gone.',
    })
    const quotes = await quote('What does a volume keep?', [asks])
    expect(quotes.join(' ')).toContain('It keeps data when the container is gone.')
    expect(quotes).not.toContain('**Volumes**')
    expect(quotes).not.toContain('What does a volume keep?')
  })

  test('brings the sentence before one that leans on it, and leaves out a listing that is too long', async () => {
    const listing = `\`\`\`console\n${Array.from({ length: 30 }, (_, number) => `layer cache line ${number}`).join('\n')}\n\`\`\``
    const cache = rankedPassage({
      headingPath: ['Layers'],
      text: `Images have layers.\n\n${listing}\n\nThe cache keeps each layer. It is thrown away when the layer cache is pruned.`,
    })
    const quotes = await quote('When is the layer cache pruned?', [cache])
    expect(quotes).toContain('The cache keeps each layer. It is thrown away when the layer cache is pruned.')
    expect(quotes.join('')).not.toContain('line 7')
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
  ['What is the difference between CMD and ENTRYPOINT?', { kind: 'comparison', left: 'CMD', right: 'ENTRYPOINT' }],
  ['How is a Docker client different from a Docker daemon?', { kind: 'comparison', left: 'a Docker client', right: 'a Docker daemon' }],
  ['volumes vs bind mounts', { kind: 'comparison', left: 'volumes', right: 'bind mounts' }],
  ['How do I stop a container?', { kind: 'how-to' }],
  ['permission denied while trying to connect', { kind: 'trouble' }],
  ['What is a layer?', { kind: 'definition', subject: 'layer' }],
  ["What's a layer?", { kind: 'definition', subject: 'layer' }],
  ['what does -P do?', { kind: 'flag', flags: ['-P'] }],
  ['docker run -it --rm', { kind: 'flag', flags: ['-it', '--rm'] }],
  ['How do I use --rm?', { kind: 'how-to' }],
  ['docker attach vs docker logs for looking at output?', { kind: 'comparison', left: 'docker attach', right: 'docker logs' }],
  ['Is docker start just the same thing as docker run?', { kind: 'comparison', left: 'docker start', right: 'docker run' }],
  ['WARN[0000] the attribute `version` is obsolete', { kind: 'trouble' }],
  ['Can a volume be shared?', { kind: 'yes-no' }],
  ['layers', { kind: 'other' }],
])('toQuestionKind takes %j for %j', (question, kind) => {
  expect(toQuestionKind(question)).toEqual(kind)
})
