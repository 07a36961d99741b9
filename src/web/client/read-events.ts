/** One server-sent event: its name (`message` unless told) and its data lines joined by line breaks. */
export interface SentEvent {
  readonly name: string
  readonly data: string
}

/** Server-sent events of a reply's body as they arrive, wherever the pieces of the network happen to be cut. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  const parser = createEventParser()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parser(decoder.decode(value, { stream: true }))
    }
  } finally {
    await reader.cancel()
  }
}

/** A function that takes the next piece of the stream and gives the events that it completed. An unfinished last event is dropped. */
export function createEventParser(): (piece: string) => readonly SentEvent[] {
  let rest = ''
  let name = ''
  let data: string[] = []
  const takeLine = (line: string): SentEvent | undefined => {
    if (line === '') {
      const event = data.length > 0 ? { name: name || 'message', data: data.join('\n') } : undefined
      name = ''
      data = []
      return event
    }
    const [field, value] = splitField(line)
    if (field === 'event') name = value
    if (field === 'data') data.push(value)
    return undefined
  }
  return (piece) => {
    const events: SentEvent[] = []
    rest += piece
    for (;;) {
      // A carriage return at the very end may be half of a CRLF: it waits for the next piece.
      const end = /\r\n|\n|\r(?!$)/.exec(rest)
      if (end === null) return events
      const event = takeLine(rest.slice(0, end.index))
      rest = rest.slice(end.index + end[0].length)
      if (event !== undefined) events.push(event)
    }
  }
}

/** A comment line begins with the colon and so has an empty field name. */
function splitField(line: string): readonly [field: string, value: string] {
  const colon = line.indexOf(':')
  if (colon === -1) return [line, '']
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}
