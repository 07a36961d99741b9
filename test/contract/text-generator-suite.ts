import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src/core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../src/core/ports/text-generator.js'

export interface GeneratorUnderTest {
  readonly generator: TextGenerator
  /** A request that yields at least two pieces before `end`. */
  readonly request: GenerationRequest
  /** Resolves once nothing of earlier generations goes on; fails when something does. */
  checkIdle?(): Promise<void>
  close?(): Promise<void>
}

/** What every TextGenerator keeps, whatever writes the text. `start` is called before each case. */
export function describeTextGenerator(name: string, start: () => Promise<GeneratorUnderTest>): void {
  describe(`the text generator "${name}"`, () => {
    let tested: GeneratorUnderTest
    beforeEach(async () => {
      tested = await start()
    })
    afterEach(async () => {
      await tested.checkIdle?.()
      await tested.close?.()
    })

    const generate = (more: Partial<GenerationRequest> = {}) => tested.generator.generate({ ...tested.request, ...more })

    it('says what it is and which model the answer names', () => {
      expect(['ollama', 'extractive']).toContain(tested.generator.kind)
      expect(tested.generator.aiModel).not.toBe('')
    })

    it('writes pieces that are not empty, and ends once, at the end, with whole counts', async () => {
      const pieces = await collect(generate())
      const end = pieces.at(-1)
      expect(pieces.filter((piece) => piece.kind === 'end')).toEqual([end])
      expect(pieces.length).toBeGreaterThan(2)
      for (const piece of pieces) if (piece.kind !== 'end') expect(piece.text).not.toBe('')
      expect(end).toMatchObject({ complete: true, promptTokens: expect.any(Number), answerTokens: expect.any(Number) })
    })

    it('takes each quoted piece from the place that it names', async () => {
      for (const piece of await collect(generate())) {
        if (piece.kind !== 'quoted') continue
        const passage = tested.request.passages[piece.place.passageNumber - 1]?.passage
        expect(passage).toBeDefined()
        expect(piece.place.startOffset).toBeGreaterThanOrEqual(passage?.startOffset ?? Number.POSITIVE_INFINITY)
        expect(piece.place.endOffset).toBeLessThanOrEqual(passage?.endOffset ?? 0)
        const start = piece.place.startOffset - (passage?.startOffset ?? 0)
        expect(passage?.text.slice(start, start + piece.text.length)).toBe(piece.text)
      }
    })

    it('writes the same for two requests at the same time', async () => {
      const [first, second] = await Promise.all([collect(generate()), collect(generate())])
      expect(second).toEqual(first)
    })

    it('writes nothing when the signal has fired already', async () => {
      const pieces: GeneratedPiece[] = []
      await expect(collect(generate({ signal: AbortSignal.abort() }), pieces)).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect(pieces).toEqual([])
    })

    it('writes nothing more once the signal fires', async () => {
      const controller = new AbortController()
      const pieces: GeneratedPiece[] = []
      const read = async () => {
        for await (const piece of generate({ signal: controller.signal })) {
          pieces.push(piece)
          controller.abort()
        }
      }
      await expect(read()).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect(pieces).toHaveLength(1)
    })

    it('rejects with the AppError that the signal was fired with', async () => {
      const reason = new AppError('TIMEOUT', { what: 'The whole answer', seconds: 1 })
      await expect(collect(generate({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
    })

    it('can be left after the first piece and used again', async () => {
      for await (const _piece of generate()) break
      expect((await collect(generate())).at(-1)).toMatchObject({ kind: 'end' })
    })
  })
}

async function collect(source: AsyncIterable<GeneratedPiece>, into: GeneratedPiece[] = []): Promise<readonly GeneratedPiece[]> {
  for await (const piece of source) into.push(piece)
  return into
}
