import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../../../src/app/config/config.js'
import { type ConfigFlags, loadConfig, packageRoot } from '../../../../src/app/config/load-config.js'
import { createTemporaryFolder } from '../../../helpers/temporary-folder.js'

const here = resolve('/somewhere/else')
const load = (environment: Readonly<Record<string, string>> = {}, flags: ConfigFlags = {}) => loadConfig(flags, environment, here)

const defaults: Config = {
  corpusDir: join(packageRoot, 'corpus'),
  indexDir: join(packageRoot, 'index'),
  dataDir: join(packageRoot, '.pilotbook'),
  promptsDir: join(packageRoot, 'prompts'),
  pageDir: join(packageRoot, 'dist', 'web', 'page'),
  embeddingDtype: 'q8',
  hubUrl: 'https://huggingface.co',
  offline: false,
  cache: true,
  ollamaUrl: 'http://127.0.0.1:11434',
  allowedHosts: [],
  chatModel: 'gemma3',
  host: '127.0.0.1',
  port: 3000,
  logLevel: 'info',
}

const settings: readonly (readonly [name: string, value: string, setting: keyof Config, expected: unknown])[] = [
  ['PILOTBOOK_CORPUS', 'books', 'corpusDir', join(here, 'books')],
  ['PILOTBOOK_CORPUS', resolve('/books'), 'corpusDir', resolve('/books')],
  ['PILOTBOOK_INDEX', 'built', 'indexDir', join(here, 'built')],
  ['PILOTBOOK_DATA_DIR', 'data', 'dataDir', join(here, 'data')],
  ['PILOTBOOK_MODEL_DIR', 'model', 'modelDir', join(here, 'model')],
  ['PILOTBOOK_EMBEDDING_DTYPE', 'fp32', 'embeddingDtype', 'fp32'],
  ['PILOTBOOK_HUB_URL', 'http://hub.local/', 'hubUrl', 'http://hub.local'],
  ['PILOTBOOK_HUB_REVISION', 'abc123', 'hubRevision', 'abc123'],
  ['PILOTBOOK_OFFLINE', '1', 'offline', true],
  ['PILOTBOOK_OFFLINE', 'TRUE', 'offline', true],
  ['PILOTBOOK_OFFLINE', '0', 'offline', false],
  ['PILOTBOOK_CACHE', '0', 'cache', false],
  ['PILOTBOOK_OFFLINE', 'false', 'offline', false],
  ['OLLAMA_HOST', 'ollama.local:1234', 'ollamaUrl', 'http://ollama.local:1234'],
  ['PILOTBOOK_CHAT_MODEL', 'gemma3:12b', 'chatModel', 'gemma3:12b'],
  ['PILOTBOOK_ALLOWED_HOSTS', 'books.local, nas ,', 'allowedHosts', ['books.local', 'nas']],
  ['HOST', '0.0.0.0', 'host', '0.0.0.0'],
  ['PORT', '8080', 'port', 8080],
  ['PORT', '0', 'port', 0],
  ['PORT', '65535', 'port', 65_535],
  ['LOG_LEVEL', 'debug', 'logLevel', 'debug'],
  ['LOG_LEVEL', ' silent ', 'logLevel', 'silent'],
]

const refused: readonly (readonly [name: string, value: string])[] = [
  ['PILOTBOOK_EMBEDDING_DTYPE', 'int4'],
  ['PILOTBOOK_HUB_URL', 'huggingface.co'],
  ['PILOTBOOK_HUB_URL', 'ftp://hub.local'],
  ['PILOTBOOK_HUB_URL', 'http://'],
  ['PILOTBOOK_OFFLINE', 'yes'],
  ['OLLAMA_HOST', 'ftp://ollama.local'],
  ['PORT', 'http'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['PORT', '1e3'],
  ['LOG_LEVEL', 'verbose'],
]

describe('loadConfig', () => {
  it('has a default for every setting but those that only the user can know', () => {
    expect(load()).toEqual(defaults)
  })

  it.each(settings)('takes %s=%s from the environment', (name, value, ...[setting, expected]) => {
    expect(load({ [name]: value })).toEqual({ ...defaults, [setting]: expected })
  })

  it.each([...new Set(settings.map(([name]) => name))])('treats an empty %s as unset', (name) => {
    expect(load({ [name]: '' })).toEqual(defaults)
    expect(load({ [name]: '  ' })).toEqual(defaults)
  })

  it.each(refused)('refuses %s=%s, naming the setting, the value and what is expected', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'SETTING_INVALID', details: { name, value, expected: expect.any(String) } }),
    )
  })

  it('lists the valid choices when one is wrong', () => {
    expect(() => load({ LOG_LEVEL: 'verbose' })).toThrow('LOG_LEVEL is "verbose", which is not one of silent, error, info, debug.')
  })

  it('lets flags win over the environment, and the environment over the defaults', () => {
    const environment = { PILOTBOOK_CORPUS: 'e-corpus', PILOTBOOK_INDEX: 'e-index', HOST: 'e-host', PORT: '1' }
    expect(load(environment)).toMatchObject({
      corpusDir: join(here, 'e-corpus'),
      indexDir: join(here, 'e-index'),
      host: 'e-host',
      port: 1,
    })
    expect(load(environment, { corpus: 'f-corpus', index: 'f-index', host: 'f-host', port: '2' })).toMatchObject({
      corpusDir: join(here, 'f-corpus'),
      indexDir: join(here, 'f-index'),
      host: 'f-host',
      port: 2,
    })
  })

  it('refuses a wrong port given as a flag like one in the environment', () => {
    expect(() => load({ PORT: '80' }, { port: 'eighty' })).toThrow(expect.objectContaining({ code: 'SETTING_INVALID' }))
  })

  it('means the corpus and index of a folder that has a corpus, when run in it', async () => {
    const folder = await createTemporaryFolder()
    await mkdir(join(folder, 'corpus'))
    expect(loadConfig({}, {}, folder)).toMatchObject({ corpusDir: join(folder, 'corpus'), indexDir: join(folder, 'index') })
  })
})
