/** What the page tells of a failure; the service sends more. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly requestId?: string
}

export type Loaded<Value> = { readonly kind: 'loaded'; readonly value: Value } | { readonly kind: 'failed'; readonly problem: Problem }

export const unreachable: Problem = {
  code: 'UNREACHABLE',
  message: 'The service cannot be reached.',
  remedy: 'See whether it still runs (`npm start` starts it), then ask again.',
}

/** A problem document as the service sends it; anything else that came instead is told by its status. */
export async function loadProblem(reply: Response): Promise<Problem> {
  const text = await reply.text()
  if (reply.headers.get('content-type')?.startsWith('application/problem+json')) return parseProblem(text)
  return { code: `HTTP_${reply.status}`, message: `The service replied with status ${reply.status}.`, remedy: 'See its log.' }
}

export function parseProblem(text: string): Problem {
  return JSON.parse(text) as Problem
}
