import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventParser, readEvents, type SentEvent } from '../../src/web/client/read-events.js'

const stream =
  ': hello\n\nevent: delta\ndata: {"text":"Schiff – ⚓"}\n\n: still working\n\ndata: one\ndata:two\nid: 7\n\nevent: done\r\ndata: {}\r\n\r\n'
const expected: readonly SentEvent[] = [
  { name: 'delta', data: '{"text":"Schiff – ⚓"}' },
  { name: 'message', data: 'one\ntwo' },
  { name: 'done', data: '{}' },
]

test('events are read whole', () => {
  expect(createEventParser()(stream)).toEqual(expected)
})

test('events are read the same at whichever byte the stream is cut', async () => {
  const bytes = new TextEncoder().encode(stream)
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(await collect([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(expected)
  }
})

test('events are read the same in pieces of any sizes', async () => {
  const bytes = new TextEncoder().encode(stream)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 200 }), async (sizes) => {
      const pieces: Uint8Array[] = []
      let at = 0
      for (const size of sizes) {
        pieces.push(bytes.slice(at, at + size))
        at += size
      }
      expect(await collect([...pieces, bytes.slice(at)])).toEqual(expected)
    }),
    { numRuns: 50 },
  )
})

test('an event that never ended is dropped', async () => {
  expect(await collect([new TextEncoder().encode('data: a\n\nevent: done\ndata: {')])).toEqual([{ name: 'message', data: 'a' }])
})

test('leaving the loop early cancels the stream', async () => {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: a\n\n')),
    cancel: () => {
      isCancelled = true
    },
  })
  for await (const event of readEvents(body)) {
    expect(event.data).toBe('a')
    break
  }
  expect(isCancelled).toBe(true)
})

async function collect(pieces: readonly Uint8Array[]): Promise<readonly SentEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  const events: SentEvent[] = []
  for await (const event of readEvents(body)) events.push(event)
  return events
}
