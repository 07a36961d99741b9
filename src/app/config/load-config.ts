import { existsSync } from 'node:fs'
import { homedir, platform } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseOllamaHost } from '../../adapters/ollama/parse-ollama-host.js'
import { AppError } from '../../core/errors/app-error.js'
import { type LogLevel, logLevels } from '../logger.js'
import type { Config } from './config.js'

type Environment = Readonly<Record<string, string | undefined>>

/** What flags may set; they win over the environment. */
export interface ConfigFlags {
  readonly corpus?: string
  readonly index?: string
  readonly host?: string
  readonly port?: string
}

/** The folder that holds package.json, whether we run from `src` or `dist`. */
export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url))

/** Reads flags and environment, once. Fails with SETTING_INVALID, naming the setting; nothing falls back in silence. */
export function loadConfig(flags: ConfigFlags = {}, environment: Environment = process.env, currentDir = process.cwd()): Config {
  const value = (name: string) => (environment[name]?.trim() === '' ? undefined : environment[name]?.trim())
  const modelDir = value('PILOTBOOK_MODEL_DIR')
  const hubRevision = value('PILOTBOOK_HUB_REVISION')
  return {
    corpusDir: resolve(currentDir, flags.corpus ?? value('PILOTBOOK_CORPUS') ?? defaultFolder('corpus', currentDir)),
    indexDir: resolve(currentDir, flags.index ?? value('PILOTBOOK_INDEX') ?? defaultFolder('index', currentDir)),
    dataDir: resolve(currentDir, value('PILOTBOOK_DATA_DIR') ?? defaultDataDir(value)),
    promptsDir: join(packageRoot, 'prompts'),
    pageDir: join(packageRoot, 'dist', 'web', 'page'),
    ...(modelDir === undefined ? {} : { modelDir: resolve(currentDir, modelDir) }),
    embeddingDtype: toChoice('PILOTBOOK_EMBEDDING_DTYPE', value('PILOTBOOK_EMBEDDING_DTYPE') ?? 'q8', ['q8', 'fp32']),
    hubUrl: toUrl('PILOTBOOK_HUB_URL', value('PILOTBOOK_HUB_URL') ?? 'https://huggingface.co'),
    ...(hubRevision === undefined ? {} : { hubRevision }),
    offline: toSwitch('PILOTBOOK_OFFLINE', value('PILOTBOOK_OFFLINE') ?? '0'),
    cache: toSwitch('PILOTBOOK_CACHE', value('PILOTBOOK_CACHE') ?? '1'),
    ollamaUrl: parseOllamaHost(value('OLLAMA_HOST')),
    chatModel: value('PILOTBOOK_CHAT_MODEL') ?? 'gemma3',
    host: flags.host ?? value('HOST') ?? '127.0.0.1',
    allowedHosts: (value('PILOTBOOK_ALLOWED_HOSTS') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    port: toPort(flags.port ?? value('PORT') ?? '3000'),
    logLevel: toChoice<LogLevel>('LOG_LEVEL', value('LOG_LEVEL') ?? 'info', logLevels),
  }
}

// In a project folder with its own corpus that one is meant; anywhere else the clone's.
function defaultFolder(name: 'corpus' | 'index', currentDir: string): string {
  return existsSync(join(currentDir, 'corpus')) ? join(currentDir, name) : join(packageRoot, name)
}

function defaultDataDir(value: (name: string) => string | undefined): string {
  if (!packageRoot.includes(`${sep}node_modules${sep}`)) return join(packageRoot, '.pilotbook')
  if (platform() === 'win32') return join(value('LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local'), 'pilotbook')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'pilotbook')
  return join(value('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'pilotbook')
}

function toChoice<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((one) => one === value)
  if (choice === undefined) throw new AppError('SETTING_INVALID', { name, value, expected: `one of ${choices.join(', ')}` })
  return choice
}

function toSwitch(name: string, value: string): boolean {
  return toChoice(name, value.toLowerCase(), ['0', '1', 'false', 'true']) === '1' || value.toLowerCase() === 'true'
}

function toPort(value: string): number {
  const port = Number(value)
  if (!/^\d{1,5}$/.test(value) || port > 65535)
    throw new AppError('SETTING_INVALID', { name: 'PORT', value, expected: 'a port number from 0 to 65535' })
  return port
}

function toUrl(name: string, value: string): string {
  if (!/^https?:\/\/\S+$/.test(value) || !URL.canParse(value)) {
    throw new AppError('SETTING_INVALID', { name, value, expected: 'an http or https address' })
  }
  return value.replace(/\/+$/, '')
}
