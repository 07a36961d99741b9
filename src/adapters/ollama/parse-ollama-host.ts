import { AppError } from '../../core/errors/app-error.js'

const defaultAddress = 'http://127.0.0.1:11434'
const expected = 'an address such as 127.0.0.1:11434, http://ollama.local:11434 or [::1]:11434'

/** Ports as Ollama assumes them: its own only where no scheme is written. */
const schemePorts = new Map([
  ['http', '80'],
  ['https', '443'],
])

/**
 * The value of OLLAMA_HOST as the base URL of a client: scheme, host and port always written out, the path kept, no slash
 * at the end. Unset or blank means Ollama's own default. An address that only a server can bind to (0.0.0.0, [::], `:port`)
 * becomes loopback. Fails with SETTING_INVALID, also where Ollama itself would warn and take its default port.
 */
export function parseOllamaHost(value: string | undefined): string {
  const text = (value ?? '').replace(/^[\s"']+|[\s"']+$/g, '')
  if (text === '') return defaultAddress
  const invalid = () => new AppError('SETTING_INVALID', { name: 'OLLAMA_HOST', value: withoutPassword(text), expected })
  const parts = /^(?:(?<scheme>[a-z]+):\/\/)?(?:(?<user>[^@/]+)@)?(?<address>[^/]*)(?<path>\/.*)?$/i.exec(text)?.groups
  const scheme = (parts?.scheme ?? 'http').toLowerCase()
  const schemePort = schemePorts.get(scheme)
  if (parts === undefined || schemePort === undefined) throw invalid()
  const place = splitAddress(parts.address ?? '')
  const port = place?.port ?? (parts.scheme === undefined ? '11434' : schemePort)
  if (place === undefined || !isPort(port)) throw invalid()
  const user = parts.user === undefined ? '' : `${parts.user}@`
  const baseUrl = `${scheme}://${user}${toConnectableHost(place.host)}:${port}${(parts.path ?? '').replace(/\/+$/, '')}`
  if (!isBaseUrl(baseUrl)) throw invalid()
  return baseUrl
}

/** The same address for people to read: without a user name and password. */
export function toDisplayUrl(baseUrl: string): string {
  return baseUrl.replace(/\/\/[^@/]*@/, '//')
}

function splitAddress(address: string): { readonly host: string; readonly port?: string } | undefined {
  // A bare IPv6 address has colons of its own, so it can carry no port.
  if ((address.match(/:/g)?.length ?? 0) > 1 && !address.startsWith('[')) return { host: `[${address}]` }
  const found = /^(?<host>\[[^\]]+\]|[^:[\]]*)(?::(?<port>.*))?$/.exec(address)?.groups
  if (found?.host === undefined) return undefined
  return found.port === undefined ? { host: found.host } : { host: found.host, port: found.port }
}

function isPort(port: string): boolean {
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535
}

function toConnectableHost(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1'
  return /^\[[0:]+\]$/.test(host) ? '[::1]' : host.toLowerCase()
}

/** Refuses what the URL parser would quietly read as something else: spaces, a query, a lone number as an IPv4 address. */
function isBaseUrl(baseUrl: string): boolean {
  if (/[\s?#\\]/.test(baseUrl) || !URL.canParse(baseUrl)) return false
  const { hostname } = new URL(baseUrl)
  return baseUrl.includes(hostname) || !/^[\d.]+$/.test(hostname)
}

function withoutPassword(text: string): string {
  return text.replace(/[^/@]*@/, '***@')
}
