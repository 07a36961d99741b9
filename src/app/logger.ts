/** From silent to everything; each level includes the ones before it. */
export const logLevels = ['silent', 'error', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** Numbers and short words only: never a question, a prompt or a passage. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Logger {
  error(fields: LogFields): void
  info(fields: LogFields): void
  debug(fields: LogFields): void
}

export interface LoggerOptions {
  readonly level: LogLevel
  /** Where finished lines go, newline included; standard error when absent. */
  readonly write?: (line: string) => void
}

/** A logger that writes one JSON object per line, with `time` (ISO 8601, UTC) and `level` in front of the given fields. */
export function createLogger({ level, write = writeToStderr }: LoggerOptions): Logger {
  const threshold = logLevels.indexOf(level)
  const log = (at: Exclude<LogLevel, 'silent'>, fields: LogFields): void => {
    if (logLevels.indexOf(at) > threshold) return
    write(`${JSON.stringify({ time: new Date().toISOString(), level: at, ...fields })}\n`)
  }
  return {
    error: (fields) => log('error', fields),
    info: (fields) => log('info', fields),
    debug: (fields) => log('debug', fields),
  }
}

function writeToStderr(line: string): void {
  process.stderr.write(line)
}
