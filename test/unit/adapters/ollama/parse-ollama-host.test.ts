import { describe, expect, it } from 'vitest'
import { parseOllamaHost, toDisplayUrl } from '../../../../src/adapters/ollama/parse-ollama-host.js'

describe('parseOllamaHost', () => {
  const readable: readonly (readonly [value: string | undefined, baseUrl: string])[] = [
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['   ', 'http://127.0.0.1:11434'],
    ['localhost', 'http://localhost:11434'],
    ['1.2.3.4', 'http://1.2.3.4:11434'],
    ['1.2.3.4:56789', 'http://1.2.3.4:56789'],
    [':56789', 'http://127.0.0.1:56789'],
    ['example.com', 'http://example.com:11434'],
    ['EXAMPLE.com:1234', 'http://example.com:1234'],
    ['http://example.com', 'http://example.com:80'],
    ['https://example.com', 'https://example.com:443'],
    ['https://example.com:5555/', 'https://example.com:5555'],
    ['HTTP://example.com', 'http://example.com:80'],
    ['example.com/ollama', 'http://example.com:11434/ollama'],
    ['https://example.com/a/b/', 'https://example.com:443/a/b'],
    ['http://:9999', 'http://127.0.0.1:9999'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['http://0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://[::1]:11434'],
    ['[::]:8080', 'http://[::1]:8080'],
    ['::1', 'http://[::1]:11434'],
    ['[::1]', 'http://[::1]:11434'],
    ['[::1]:1337', 'http://[::1]:1337'],
    ['[0001:002:003:0004::1]:99', 'http://[0001:002:003:0004::1]:99'],
    ['"127.0.0.1:11434"', 'http://127.0.0.1:11434'],
    ["' 127.0.0.1 '", 'http://127.0.0.1:11434'],
    ['http://user:secret@gate.local:80', 'http://user:secret@gate.local:80'],
  ]
  it.each(readable)('reads %j as %s', (value, baseUrl) => {
    expect(parseOllamaHost(value)).toBe(baseUrl)
  })

  const bad = [
    'example.com:0',
    'example.com:65536',
    'example.com:abc',
    'example.com:',
    'ftp://example.com',
    'two words',
    '11434',
    '[::1',
    '[zz]',
    'a.b?c=d',
  ]
  it.each(bad)('refuses %j as SETTING_INVALID and shows the value', (value) => {
    expect(() => parseOllamaHost(value)).toThrow(
      expect.objectContaining({ code: 'SETTING_INVALID', message: expect.stringContaining(`"${value}"`) }),
    )
  })

  it('never shows a password, neither in its error nor in the address for people', () => {
    expect(() => parseOllamaHost('http://user:secret@host:abc')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    )
    expect(toDisplayUrl(parseOllamaHost('http://user:secret@host:80'))).toBe('http://host:80')
  })
})
