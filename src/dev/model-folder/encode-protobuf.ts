/** An encoded message in pieces, so that weights of 100 MB are never copied. */
export type Chunks = readonly Uint8Array[]

const utf8 = new TextEncoder()
const wireType = { varint: 0, lengthDelimited: 2, fixed32: 5 } as const

export function varintField(field: number, value: number): Chunks {
  return [new Uint8Array([...toVarint(field * 8 + wireType.varint), ...toVarint(value)])]
}

export function floatField(field: number, value: number): Chunks {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return [new Uint8Array(toVarint(field * 8 + wireType.fixed32)), bytes]
}

export function stringField(field: number, value: string): Chunks {
  return messageField(field, [utf8.encode(value)])
}

/** A nested message, or raw bytes. */
export function messageField(field: number, content: Chunks): Chunks {
  const length = content.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  return [new Uint8Array([...toVarint(field * 8 + wireType.lengthDelimited), ...toVarint(length)]), ...content]
}

function toVarint(value: number): number[] {
  const bytes: number[] = []
  // Negative numbers are written as 64-bit two's complement.
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return bytes
}
