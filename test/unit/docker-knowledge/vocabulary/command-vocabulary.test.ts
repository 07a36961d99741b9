import { describe, expect, it } from 'vitest'
import { loadCommandAdditions, loadCommandFile } from '../../../../src/docker-knowledge/vocabulary/command-records.js'
import { buildCommandVocabulary, loadCommandVocabulary } from '../../../../src/docker-knowledge/vocabulary/command-vocabulary.js'
import { parseFlag } from '../../../../src/docker-knowledge/vocabulary/parse-flag.js'

const vocabulary = loadCommandVocabulary()
const find = (path: string) =>
  path
    .split(' ')
    .slice(1)
    .reduce((command, word) => command?.subcommands.get(word), vocabulary.tools.get(path.split(' ')[0] ?? ''))

describe('the command vocabulary', () => {
  it('holds every command of client, Compose and buildx, with the versions that were asked', () => {
    expect(vocabulary.versions).toMatchObject({ docker: expect.stringMatching(/^28\./), compose: expect.stringMatching(/^2\./) })
    expect(loadCommandFile().commands.length).toBeGreaterThan(200)
    for (const path of ['docker run', 'docker compose up', 'docker buildx imagetools create', 'docker swarm join-token', 'dockerd']) {
      expect(find(path)?.status, path).toBe('known')
    }
  })

  it('finds a command under each of its names', () => {
    expect(find('docker container run')).toBe(find('docker run'))
    expect(find('docker image list')).toBe(find('docker images'))
    expect(find('docker stack up')).toBe(find('docker stack deploy'))
  })

  it('knows which flags take a value', () => {
    expect(find('docker run')?.flags.get('-p')).toEqual({ long: '--publish', short: '-p', valueType: 'list', status: 'known' })
    expect(find('docker run')?.flags.get('--rm')?.valueType).toBeUndefined()
  })

  it('gives docker build the flags of buildx and, marked, those of the builder before it', () => {
    const flags = find('docker build')?.flags
    expect(flags?.get('--secret')).toMatchObject({ status: 'known' })
    expect(flags?.get('--squash')).toMatchObject({ status: 'known', note: 'classic builder' })
  })

  it('lets docker-compose of old take what docker compose takes, and what it alone took', () => {
    expect(find('docker-compose')?.status).toBe('deprecated')
    expect(find('docker-compose up')).toBe(find('docker compose up'))
    expect(find('docker-compose')?.flags.get('--tls')?.status).toBe('removed')
    expect(find('docker compose')?.flags.has('--tls')).toBe(false)
  })
})

describe('the additions', () => {
  const additions = loadCommandAdditions()

  it('each arrive at their command', () => {
    for (const { path, flag, status } of additions) {
      const about = flag === undefined ? find(path) : find(path)?.flags.get(parseFlag(flag)?.long ?? parseFlag(flag)?.short ?? '')
      expect(about?.status, `${path} ${flag ?? ''}`).toBe(status === 'open' ? 'known' : status)
    }
  })

  it('say nothing twice, and call nothing known or new that the help pages show', () => {
    const subjects = additions.map(({ path, flag = '' }) => `${path} ${flag}`)
    expect(new Set(subjects).size).toBe(subjects.length)
    const shown = buildCommandVocabulary(loadCommandFile(), [])
    const isShown = ({ path, flag }: (typeof additions)[number]) =>
      flag === undefined ? shown.commands.has(path) : shown.commands.get(path)?.flags.has(parseFlag(flag)?.long ?? '')
    expect(additions.filter(({ status }) => status !== 'deprecated').filter(isShown)).toEqual([])
  })

  it.each(['docker run --net | known | why', 'docker | maybe | why | source', '| known | why | source', 'docker x | known | a | b | c'])(
    'refuse the line: %s',
    (line) => {
      expect(() => loadCommandAdditions(line)).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
    },
  )
})

describe('parseFlag', () => {
  it.each([
    ['-a, --attach list', { short: '-a', long: '--attach', valueType: 'list', status: 'known' }],
    ['--tree (experimental)', { long: '--tree', status: 'known', note: 'experimental' }],
    ['-n', { short: '-n', status: 'known' }],
    ['--old int (deprecated)', { long: '--old', valueType: 'int', status: 'deprecated', note: 'deprecated' }],
  ])('reads %s', (text, flag) => {
    expect(parseFlag(text)).toEqual(flag)
  })

  it.each(['', 'attach', '--a b c', '-a --attach'])('refuses "%s"', (text) => {
    expect(parseFlag(text)).toBeUndefined()
  })
})
