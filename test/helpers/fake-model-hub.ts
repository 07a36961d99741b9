import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const repository = 'Xenova/all-MiniLM-L12-v2'

export interface FakeHub {
  readonly url: string
  /** The commit that `main` points to; can be moved. */
  head: string
  /** How the weights are sent. */
  weights: 'whole' | 'cut' | 'hanging' | 'wrong' | 'missing'
  /** Answer nothing at all, as behind a firewall that drops packets. */
  isSilent: boolean
  /** Paths asked for so far. */
  readonly requests: string[]
  close(): Promise<void>
}

/** Small stand-ins for the model's files; two commits differ in every file. */
export function hubFiles(commit: string): Readonly<Record<string, Buffer>> {
  const names = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx', 'onnx/model.onnx', 'README.md']
  return Object.fromEntries(names.map((name) => [name, Buffer.from(`${name} of ${commit} `.repeat(2000))]))
}

/** A local server with the hub's three answers: commit of a branch, tree with hashes, and files, large ones by redirect. */
export async function startFakeHub(): Promise<FakeHub> {
  const state = { head: 'a'.repeat(40), weights: 'whole' as FakeHub['weights'], isSilent: false, requests: [] as string[] }
  const server = createServer((request, response) => {
    state.requests.push(request.url ?? '')
    if (!state.isSilent) answer(state, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

function answer(state: Pick<FakeHub, 'head' | 'weights'>, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://hub')
  const [, commit = '', path = ''] = /\/(?:resolve|tree|large)\/([^/]+)\/?(.*)$/.exec(pathname) ?? []
  const content = hubFiles(commit)[path]
  if (pathname === `/api/models/${repository}/revision/main`) sendJson(response, { id: repository, sha: state.head })
  else if (pathname === `/api/models/${repository}/tree/${commit}`) sendJson(response, toTree(commit, state.weights))
  else if (pathname.startsWith('/large/') && content !== undefined) sendWeights(state.weights, content, response)
  else if (!pathname.startsWith(`/${repository}/resolve/`) || content === undefined) response.writeHead(404).end('Entry not found')
  else if (path.startsWith('onnx/')) response.writeHead(302, { location: `/large/${commit}/${path}` }).end()
  else response.end(content)
}

function sendWeights(weights: FakeHub['weights'], content: Buffer, response: ServerResponse): void {
  switch (weights) {
    case 'whole':
    case 'missing':
      response.end(content)
      break
    case 'wrong':
      response.end(Buffer.concat([content.subarray(1), content.subarray(0, 1)]))
      break
    case 'cut':
    case 'hanging':
      response.writeHead(200, { 'content-length': content.byteLength })
      response.write(content.subarray(0, 1000), () => {
        if (weights === 'cut') response.destroy()
      })
  }
}

function toTree(commit: string, weights: FakeHub['weights']): readonly object[] {
  const folder = { type: 'directory', oid: '0'.repeat(40), size: 0, path: 'onnx' }
  const files = Object.entries(hubFiles(commit)).map(([path, content]) => {
    const oid = createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex')
    const large = { lfs: { oid: createHash('sha256').update(content).digest('hex'), size: content.byteLength, pointerSize: 133 } }
    return { type: 'file', path, size: content.byteLength, ...(path.startsWith('onnx/') ? { oid: 'f'.repeat(40), ...large } : { oid }) }
  })
  return [folder, ...files.filter(({ path }) => weights !== 'missing' || !path.startsWith('onnx/'))]
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
