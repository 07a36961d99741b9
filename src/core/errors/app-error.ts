import { type ErrorCode, errorCatalog } from './error-catalog.js'

export type ErrorDetails = Readonly<Record<string, string | number>>

/** An error that people can act on: a code of the catalogue, what happened with the value seen, and what to do now. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly remedy: string
  readonly details: ErrorDetails
  readonly httpStatus: number
  readonly exitCode: number

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    const row = errorCatalog[code]
    super(toSentence(fill(row.message, details)), cause === undefined ? undefined : { cause })
    this.code = code
    this.remedy = fill(row.remedy, details)
    this.details = details
    this.httpStatus = row.httpStatus
    this.exitCode = row.exitCode
  }
}

/** Any thrown value as an AppError: itself, or INTERNAL with the original as its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const cause = thrown instanceof Error ? thrown : new Error(String(thrown))
  return new AppError('INTERNAL', { problem: cause.message }, cause)
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder))
}

// What other programs report seldom ends with a full stop; behind it our remedy follows.
function toSentence(message: string): string {
  return /[.!?:]["'”)]*$/.test(message.trim()) ? message.trim() : `${message.trim()}.`
}
