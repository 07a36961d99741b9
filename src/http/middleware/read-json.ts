import { json, type RequestHandler } from 'express'
import { AppError } from '../../core/errors/app-error.js'

/** Reads a JSON body of at most `maxBodyBytes` (after unpacking) into `request.body`; all else is refused with its own code. */
export function readJson(maxBodyBytes: number): RequestHandler {
  const read = json({ limit: maxBodyBytes, type: 'application/json', strict: false })
  return (request, response, next) => {
    const type = request.get('content-type') ?? 'nothing'
    // `is` also says no to a request without a body, whose emptiness is told further down.
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      next(new AppError('REQUEST_WRONG_TYPE', { type: type.slice(0, 100) }))
      return
    }
    read(request, response, (thrown?: unknown) => {
      if (thrown !== undefined) next(toBodyError(thrown, { type, limit: maxBodyBytes }))
      else if (request.body === undefined || request.get('content-length') === '0')
        next(new AppError('REQUEST_NOT_JSON', { problem: 'it is empty.' }))
      else next()
    })
  }
}

/** Express tells its reasons by `type`. */
function toBodyError(thrown: unknown, { type, limit }: { readonly type: string; readonly limit: number }): unknown {
  if (!(thrown instanceof Error) || !('type' in thrown)) return thrown
  switch (thrown.type) {
    case 'entity.parse.failed':
      return new AppError('REQUEST_NOT_JSON', { problem: `${thrown.message.slice(0, 200)}.` }, thrown)
    case 'entity.too.large':
      return new AppError('REQUEST_TOO_LARGE', { limit }, thrown)
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AppError('REQUEST_WRONG_TYPE', { type: `${type} (${thrown.message})` }, thrown)
    default:
      return new AppError('REQUEST_INVALID', { problem: thrown.message }, thrown)
  }
}
