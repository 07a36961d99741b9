import { isUtf8 } from 'node:buffer'

export type DecodedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unusable'; readonly code: 'FILE_EMPTY' | 'FILE_BINARY' | 'FILE_NOT_UTF8'; readonly problem: string }

/**
 * The bytes of a text file as a string: UTF-8, or UTF-16 when a byte order mark says so. The mark is removed, line endings are kept.
 * What is no text comes back as a problem that completes the sentence `"name" …`.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = toEncoding(bytes)
  if (encoding !== 'utf-8') return decodeUtf16(bytes, encoding)
  const zero = bytes.indexOf(0)
  if (zero >= 0) return { kind: 'unusable', code: 'FILE_BINARY', problem: `is not text: byte ${zero} is zero.` }
  if (!isUtf8(bytes)) return { kind: 'unusable', code: 'FILE_NOT_UTF8', problem: describeBadByte(bytes) }
  return toText(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
}

function toEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\0')) return { kind: 'unusable', code: 'FILE_BINARY', problem: 'is not text: it holds zero characters.' }
  if (!text.includes('\uFFFD')) return toText(text)
  return { kind: 'unusable', code: 'FILE_NOT_UTF8', problem: `begins like ${encoding.toUpperCase()} but is not. Save it as UTF-8.` }
}

function toText(text: string): DecodedText {
  if (text.trim() === '') return { kind: 'unusable', code: 'FILE_EMPTY', problem: 'is empty.' }
  return { kind: 'text', text }
}

function describeBadByte(bytes: Uint8Array): string {
  const offset = findBadByte(bytes)
  const line = bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1
  const value = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0')
  return `is not UTF-8: byte ${offset} (0x${value}, line ${line}) does not fit. Save it as UTF-8.`
}

// A lenient decoder puts U+FFFD where a byte does not fit; a true U+FFFD in the file has the bytes EF BF BD there.
function findBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  let offset = 0
  let seen = 0
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
    offset += Buffer.byteLength(text.slice(seen, at))
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset
    offset += 3
    seen = at + 1
  }
  return offset
}
