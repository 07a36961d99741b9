import type { LogLevel } from '../logger.js'

/** Every setting, resolved: flag over environment over default. The README's settings table lists where each comes from. */
export interface Config {
  readonly corpusDir: string
  readonly indexDir: string
  /** Model cache and what else we keep; never inside the index or node_modules. */
  readonly dataDir: string
  readonly promptsDir: string
  readonly pageDir: string
  /** Folder that holds the embedding model, brought by the user. */
  readonly modelDir?: string
  readonly embeddingDtype: 'q8' | 'fp32'
  readonly hubUrl: string
  /** Commit of the model's repository; the one recorded at the first download when absent. */
  readonly hubRevision?: string
  /** No connection that leaves this machine. */
  readonly offline: boolean
  /** Whether a service gives an answer again that it has given before. */
  readonly cache: boolean
  readonly ollamaUrl: string
  /** Preferred chat model; quotes from the books take over, visibly, where it cannot be had. */
  readonly chatModel: string
  readonly host: string
  /** Further host names that the service answers to: names of this machine in its network. */
  readonly allowedHosts: readonly string[]
  readonly port: number
  readonly logLevel: LogLevel
}
