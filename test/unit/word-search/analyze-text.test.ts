import { describe, expect, it } from 'vitest'
import { analyzeText, isCodeTerm } from '../../../src/word-search/analyze-text.js'

const exact: readonly (readonly [title: string, text: string, terms: readonly string[]])[] = [
  ['keeps the case of a short flag in capitals', '-P', ['-P']],
  ['keeps the case of a short flag in small letters', '-p', ['-p']],
  ['finds joined short flags whole and one by one', '-it', ['-it', '-i', '-t']],
  ['keeps a long flag whole beside its word', '--rm', ['--rm', 'rm']],
  ['keeps a flag of several words whole beside its parts', '--no-cache', ['--no-cache', 'cach']],
  ['drops the full stop behind a file name', 'docker-compose.yml.', ['docker-compose.yml', 'docker', 'compos', 'yml']],
  ['keeps a path whole beside its parts', '/var/run/docker.sock', ['/var/run/docker.sock', 'var', 'run', 'docker', 'sock']],
  ['keeps an image with its tag whole', 'nginx:1.25', ['nginx:1.25', 'nginx', '1', '25']],
  ['keeps a port mapping whole', '8080:80', ['8080:80', '8080', '80']],
  ['keeps an instruction in capitals beside its stem', 'EXPOSE', ['EXPOSE', 'expos']],
  ['takes the word in small letters for no instruction', 'expose', ['expos']],
  ['drops stop words', 'what is the difference between them', ['differ']],
  ['drops contractions that are stop words', "it doesn't, don't you", []],
  ['reads a curly apostrophe as a straight one', 'it doesn’t, don’t you', []],
  ['drops the possessive', 'Docker’s daemon', ['docker', 'daemon']],
  ['stems words', 'running containers', ['run', 'contain']],
  ['keeps a term as often as it stands there', 'image images', ['imag', 'imag']],
  ['reads other scripts and accents', 'Контейнеры café', ['контейнеры', 'café']],
  ['takes full-width letters for the plain ones', 'ｄｏｃｋｅｒ', ['docker']],
  ['leaves emoji and signs out', '🐳 docker 🚀 — “!”', ['docker']],
  ['finds nothing in no words', ' \n … 🐳', []],
  ['drops a lone letter and keeps a lone digit', 'b 3', ['3']],
]

describe('analyzeText', () => {
  it.each(exact)('%s', (_, text, terms) => {
    expect(analyzeText(text)).toEqual(terms)
  })

  it('finds a flag with its value under the flag, its value and the whole', () => {
    expect(analyzeText('--publish=8080:80')).toEqual(expect.arrayContaining(['--publish', 'publish', '8080:80']))
  })

  it('finds the same terms in a sentence, in quotes, in brackets and in code', () => {
    for (const text of [
      '`docker-compose.yml`',
      '(docker-compose.yml)',
      '"docker-compose.yml"',
      "'docker-compose.yml',",
      'docker-compose.yml:',
    ])
      expect(analyzeText(text)).toEqual(['docker-compose.yml', 'docker', 'compos', 'yml'])
  })

  it('tells -P from -p in a sentence', () => {
    expect(analyzeText('What does `-P` do?')).toContain('-P')
    expect(analyzeText('What does `-P` do?')).not.toContain('-p')
  })

  it('keeps a word of 10,000 letters as it is', () => {
    const word = 'a'.repeat(10_000)
    expect(analyzeText(word)).toEqual([word])
  })

  it('gives a composed and a decomposed accent the same term', () => {
    expect(analyzeText('cafe\u0301')).toEqual(analyzeText('caf\u00e9'))
  })

  it('keeps the words searchable that are names in Docker', () => {
    expect(analyzeText('docker compose up down run exec rm stop')).toEqual(['docker', 'compos', 'up', 'down', 'run', 'exec', 'rm', 'stop'])
  })
})

describe('isCodeTerm', () => {
  it.each(['-p', '-it', '--rm', 'docker-compose.yml', '/var/run/docker.sock', 'nginx:1.25', 'EXPOSE'])('takes %s for code', (term) => {
    expect(isCodeTerm(term)).toBe(true)
  })

  it.each(['docker', 'контейнеры', '8080', "o'clock"])('takes %s for a word', (term) => {
    expect(isCodeTerm(term)).toBe(false)
  })
})
