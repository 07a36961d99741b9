import type { Logger } from '../../app/logger.js'
import type { AppError } from '../../core/errors/app-error.js'

interface Failure {
  readonly error: AppError
  readonly requestId: string
  readonly step: string
}

/** One error line: the code and message, and for a fault of ours also where it arose. */
export function logFailure(logger: Logger, { error, requestId, step }: Failure): void {
  const cause = error.cause instanceof Error ? error.cause : error
  const stack = error.code === 'INTERNAL' ? cause.stack : undefined
  logger.error({ step, requestId, code: error.code, message: error.message, stack })
}
