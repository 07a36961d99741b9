import { describe, expect, it } from 'vitest'
import { AppError, toAppError } from '../../../../src/core/errors/app-error.js'

describe('AppError', () => {
  it('fills message and remedy from its details and carries status, exit code and cause', () => {
    const cause = new Error('ECONNREFUSED')
    const error = new AppError('MODEL_NOT_PULLED', { url: 'http://here', model: 'gemma3', available: 'llama3' }, cause)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'MODEL_NOT_PULLED',
      message: 'Ollama at http://here has no model "gemma3". It has: llama3.',
      remedy: 'Run `ollama pull gemma3`, or name another with `--model`.',
      details: { url: 'http://here', model: 'gemma3', available: 'llama3' },
      httpStatus: 503,
      exitCode: 5,
      cause,
    })
  })

  it('fills numbers, zero included, and empty strings', () => {
    expect(new AppError('QUESTION_TOO_LONG', { length: 0, limit: 10 }).message).toBe('The question is 0 characters long; the limit is 10.')
    expect(new AppError('NOT_INGESTED', { path: '' }).message).toBe('There is no index in  yet.')
  })

  it('puts details in as they are, with no second round and no pattern signs', () => {
    expect(new AppError('NOT_FOUND', { path: '{path} $& $1' }).message).toBe('There is nothing at {path} $& $1.')
  })

  it('leaves the JSON example of a remedy alone', () => {
    expect(new AppError('REQUEST_NOT_JSON', { problem: 'x' }).remedy).toContain('{"question": "What is a Docker image?"}')
  })

  it('has no cause of its own when none was given', () => {
    expect('cause' in new AppError('QUESTION_EMPTY')).toBe(false)
  })
})

describe('toAppError', () => {
  it('hands an AppError back as it is', () => {
    const error = new AppError('QUESTION_EMPTY')
    expect(toAppError(error)).toBe(error)
  })

  it('wraps any other error as INTERNAL and keeps it as the cause', () => {
    const cause = new TypeError('x is not a function')
    expect(toAppError(cause)).toMatchObject({ code: 'INTERNAL', exitCode: 1, cause, details: { problem: 'x is not a function' } })
  })

  it.each([
    ['a string', 'broken', 'broken'],
    ['nothing', undefined, 'undefined'],
    ['a number', 7, '7'],
  ])('wraps %s that was thrown', (_, thrown, problem) => {
    expect(toAppError(thrown)).toMatchObject({ code: 'INTERNAL', details: { problem } })
  })
})
