/** A statement made false by a named operator. */
export interface Falsehood {
  readonly operator: 'negation' | 'number' | 'flag' | 'port' | 'path' | 'entity' | 'opposite'
  readonly text: string
}

// Lists of its own: the judge must not be measured by its own words alone.
const entities = `
client/daemon image/container CMD/ENTRYPOINT COPY/ADD ARG/ENV bridge/host volume/bind-mount service/project manager/worker host/container
registry/daemon SIGTERM/SIGKILL pod/container tag/digest network/volume commit/export stdout/stderr environment/env_file
images/containers volumes/networks managers/workers services/tasks Engine/Desktop server/browser Linux/Windows reload/restart save/load
containers/volumes builder/registry compose/swarm layer/tag daemon/kernel port/volume name/address host/network stage/container
`
const opposites = `
before/after first/last start/stop starts/stops always/never inside/outside smaller/larger more/less default/optional removed/kept
hard/soft slow/fast adds/removes read-only/writable same/different enable/disable default/forbidden lost/kept anonymous/named succeed/fail
everything/nothing outside/inside kept/deleted removes/keeps foreground/background local/remote running/stopped copies/deletes higher/lower
older/newer remove/keep all/none above/below below/above afterwards/before internal/external
`
const verbs =
  'sets gives makes shows prints writes turns sends takes puts starts stops keeps removes works needs means holds runs reads lists tells hands describes contains lies merges disappears replaces resides exists counts hides limits creates adds uses has comes says deletes maps joins publishes passes belongs applies names marks copies stores lets rebuilds restarts waits declares'.split(
    ' ',
  )
const imperatives =
  /^(Use|Set|Add|Run|Try|Write|Pass|Put|Give|Create|Mount|Publish|Prefer|Install|Build|Check|Start|Log|Push|Save|Raise|Change|Tag)\b/

/** Every falsehood that the operators make of a true sentence; each text differs from it. None where an operator finds nothing to turn. */
export function falsify(sentence: string): readonly Falsehood[] {
  const made: readonly (readonly [Falsehood['operator'], string | undefined])[] = [
    ['negation', negate(sentence)],
    ['number', changeNumber(sentence)],
    ['flag', changeFlag(sentence)],
    ['port', changePort(sentence)],
    ['path', changePath(sentence)],
    ['entity', exchange(sentence, entities)],
    ['opposite', exchange(sentence, opposites)],
  ]
  return made.flatMap(([operator, text]) => (text === undefined || text === sentence ? [] : [{ operator, text }]))
}

function negate(sentence: string): string | undefined {
  return dropNegation(sentence) ?? insertNegation(sentence)
}

function dropNegation(sentence: string): string | undefined {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/\bdo(?:es)? not (\w+)/, '$1'],
    [/\bDo not (\w+)/, 'Do $1'],
    [/\bcannot\b/, 'can'],
    [/\bNever (\w+)/, 'Always $1'],
    [/\bnever\b/, 'always'],
    [/\bnot (?!only)/, ''],
    [/\bhas no\b/, 'has a'],
    [/\bhave no\b/, 'have a'],
    [/\b(?:takes over )?nothing\b/, 'everything'],
    [/\bNone of\b/, 'All of'],
    [/\bno longer\b/, 'still'],
    [/\bNo (\w+) has\b/, 'A $1 has'],
  ]
  for (const [pattern, instead] of rules) if (pattern.test(sentence)) return sentence.replace(pattern, instead)
  return undefined
}

function insertNegation(sentence: string): string | undefined {
  if (imperatives.test(sentence)) return `Do not ${sentence[0]?.toLowerCase()}${sentence.slice(1)}`
  // A second denial in a sentence that has one makes no clear falsehood.
  if (/\b(?:no|nor|neither)\b/i.test(sentence)) return undefined
  const helping = /(?<!`[^`]*)\b(is|are|was|can|may|must|will|should)\b(?=(?:[^`]*`[^`]*`)*[^`]*$)/
  if (helping.test(sentence)) return sentence.replace(helping, '$1 not')
  const verb = new RegExp(`\\b(${verbs.join('|')})\\b(?=(?:[^\`]*\`[^\`]*\`)*[^\`]*$)`)
  return verb.test(sentence) ? sentence.replace(verb, (found) => `does not ${toPlainVerb(found)}`) : undefined
}

function toPlainVerb(verb: string): string {
  if (verb === 'has') return 'have'
  return /(?:sh|ss|ch)es$/.test(verb) ? verb.slice(0, -2) : verb.slice(0, -1)
}

function changeNumber(sentence: string): string | undefined {
  const digits = /(?<![\w.:/#-])(\d+(?:\.\d+)?)(?=[a-z%]{0,3}\b)(?![:/]\d)(?!\.\d)/
  if (digits.test(sentence)) return sentence.replace(digits, (found) => toOther(found))
  const words: Readonly<Record<string, string>> = { two: 'four', three: 'five', four: 'six', ten: 'thirty', half: 'twice' }
  const word = /\b(two|three|four|ten)\b/
  return word.test(sentence) ? sentence.replace(word, (found) => words[found] ?? found) : undefined
}

function toOther(digits: string): string {
  if (digits === '8080') return '80'
  if (digits === '80') return '8080'
  return digits.includes('.') ? digits.replace(/\d+$/, (last) => String(Number(last) + 3)) : String(Number(digits) * 2 + 1)
}

function changeFlag(sentence: string): string | undefined {
  const flags = /(?<=[\s`(])--?[A-Za-z][\w-]*/
  const others: Readonly<Record<string, string>> = {
    '--push': '--load',
    '--load': '--push',
    '--memory': '--cpus',
    '--cpus': '--memory',
    '--rm': '--init',
    '--no-cache': '--pull',
    '--validate': '--debug',
    '--privileged': '--read-only',
    '--volumes': '--rmi',
    '--network': '--hostname',
  }
  return flags.test(sentence) ? sentence.replace(flags, (flag) => others[flag] ?? turnFlag(flag)) : undefined
}

// `-p` becomes `-P`, a long flag another one of the same sound.
function turnFlag(flag: string): string {
  if (!/^-[A-Za-z]$/.test(flag)) return flag.startsWith('--') ? '--detach' : '-q'
  return flag === flag.toLowerCase() ? flag.toUpperCase() : flag.toLowerCase()
}

function changePort(sentence: string): string | undefined {
  const mapping = /\b(\d{2,5}):(\d{2,5})\b/
  const [, host = '', container = ''] = mapping.exec(sentence) ?? []
  if (host !== '' && host !== container) return sentence.replace(mapping, `${container}:${host}`)
  const port = /\b(ports? |[a-z]:)(\d{2,5})\b/
  return port.test(sentence) ? sentence.replace(port, (_, before: string, digits: string) => `${before}${toOther(digits)}`) : undefined
}

function changePath(sentence: string): string | undefined {
  const path = /(?<=[\s`"=])((?:~|\/[\w.-]+)(?:\/[\w.-]+)*\/)([\w.-]*\w)|(?<=[\s`"=])\/(\w+)/
  if (path.test(sentence)) return sentence.replace(path, (_, folder: string | undefined) => `${folder ?? '/'}other`)
  const file = /\b(daemon|compose|config|docker-compose)\.(json|ya?ml)\b/
  return file.test(sentence)
    ? sentence.replace(file, (_, name: string, kind: string) => `${name === 'config' ? 'daemon' : 'settings'}.${kind}`)
    : undefined
}

/** Both sides of the first pair that has one: where both stand, they change places, unless a list names them side by side. */
function exchange(sentence: string, list: string): string | undefined {
  // "Neither ARG nor ENV" says the same the other way round.
  if (/\bneither\b/i.test(sentence)) return undefined
  for (const pair of list.trim().split(/\s+/)) {
    const [left = '', right = ''] = pair.split('/').map((word) => (word === 'bind-mount' ? 'bind mount' : word))
    const isList = new RegExp(`\\b(?:${left}(?:,| and| or) ${right}|${right}(?:,| and| or) ${left})\\b`)
    const either = new RegExp(`(?<![\\w.-])(${left}|${right})(?![\\w-]|\\.\\w)`, 'g')
    if (either.test(sentence) && !isList.test(sentence))
      return fixArticles(sentence.replace(either, (found) => (found === left ? right : left)))
  }
  return undefined
}

function fixArticles(sentence: string): string {
  return sentence.replace(/\b([Aa])n (?=[bcdfghjklmnpqrstvwxyz])/g, '$1 ').replace(/\b([Aa]) (?=[aeio]|un)/g, '$1n ')
}
