import { type ComposeFinding, checkComposeFile } from '../../docker-knowledge/check-compose-file.js'
import type { FoundItem } from './advice-item.js'
import { readCommands } from './read-commands.js'

const groups = ['file', 'service', 'build', 'deploy', 'healthcheck', 'develop'] as const
/** Keys of Kubernetes, CI systems, Prometheus and Traefik. */
const foreign = /^[ \t-]*(?:apiVersion|kind|jobs|steps|stages|on|uses|scrape_configs|entryPoints|http|(?:before_|after_)?script):/m

/** The keys of a Compose file or of a piece of one; of other YAML the commands of Docker that it runs. Broken YAML is not judged. */
export function readComposePiece(text: string): readonly FoundItem[] {
  if (foreign.test(text)) return readCommands(listRunLines(text))
  const findings = readAsPiece(text)
  if (findings.some(({ kind }) => kind === 'syntax')) return []
  // A value is the reader's choice; only keys are held against the books.
  return findings
    .filter(({ kind }) => kind !== 'value')
    .map(({ text: name, path, status, note }) => ({
      kind: 'key',
      name,
      owner: path,
      status,
      ...(note === undefined ? {} : { note }),
    }))
}

function readAsPiece(text: string): readonly ComposeFinding[] {
  const readings = groups.map((group) => checkComposeFile(text, group))
  const best = readings.reduce((one, other) => (countKnown(other) > countKnown(one) ? other : one))
  if (countKnown(best) > 0) return best
  // Services without the key above them; anything else is a file of some other program.
  const services = checkComposeFile(`services:\n${text.replace(/^/gm, '  ')}`).slice(1)
  const isService = services.filter(({ status }) => status !== 'unknown').length * 2 > services.length
  return isService ? services : []
}

function countKnown(findings: readonly ComposeFinding[]): number {
  return findings.filter(({ path, status }) => !path.includes('.') && status !== 'unknown').length
}

function listRunLines(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[ \t]*(?:- )?(?:(?:run|script): )?/, ''))
  return lines.filter((line) => /^(?:sudo )?docker /.test(line)).join('\n')
}
