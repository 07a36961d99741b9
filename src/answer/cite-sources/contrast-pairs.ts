import { analyzeText } from '../../word-search/analyze-text.js'

const stems = new Map<string, string>()
const mostStems = 20_000

// Words that cannot both be right in one place: to say the one is to deny the other. Never and none are denials, not opposites.
const oppositeWords = `
before after|first last|start stop|begin end|inside outside|above below|higher lower|highest lowest|more less|most least|increase decrease
raise lower|read-only writable|read-only read-write|add remove|create remove|keep remove|keep lose|keep lost|kept lost|kept removed|kept deleted
open closed|enable disable|enabled disabled|up down|allow forbid|allow deny|allow refuse|lock unlock|mount unmount|connect disconnect
public private|internal external|same different|same other|fast slow|faster slower|small large|smaller larger|smaller bigger|minimum maximum
hard soft|smallest largest|short long|shorter longer|succeed fail|default optional|required optional|temporary permanent|anonymous named
foreground background|detached attached|running stopped|early late|earlier later|earliest latest|exact approximate|input output|old new
older newer|oldest newest|safe dangerous|safer riskier|healthy unhealthy|implicit explicit|automatic manual|automatically manually|load save
import export|push pull|upload download|send receive|local remote|global local|incoming outgoing|static dynamic|privileged unprivileged
rootless rootful|single several|left right|front back|full empty|part whole|visible invisible|known unknown|available unavailable
possible impossible|necessary unnecessary|encrypted plain|compressed uncompressed|on off
accept reject|attach detach|ascending descending|begin finish|big small|cheap expensive|common rare|complete partial|easy difficult|enter leave
expand shrink|grow shrink|few many|forward backward|gain lose|heavy light|hide show|idle busy|include exclude|join leave|merge split|join split
mutable immutable|near far|next previous|often seldom|often rarely|usually rarely|always sometimes|always rarely|online offline|pass fail
persistent ephemeral|persistent temporary|positive negative|present absent|protect expose|reachable unreachable|real virtual|lean fat
secure insecure|simple complex|slow quick|stable unstable|strong weak|supported unsupported|thick thin|tight loose|strict loose
trusted untrusted|unique shared|upper lower|useful useless|valid invalid|wide narrow|win lose|before afterwards|earlier afterwards|copy delete
keep discard|keep forget|keep delete|remember forget|tagged untagged|used unused|mapped unmapped|isolated shared|limited unlimited|sorted unsorted
create delete|build delete|mandatory optional|parallel serial|together apart|directly indirectly|right wrong|true false|yes no
`
// Things that are told apart, and that a careless writer mixes up.
const thingWords = `
client daemon|client server|image container|image volume|container volume|volume mount|volume bind|named bind|cmd entrypoint|copy add|arg env
bridge host|bridge overlay|host container|host image|host registry|registry daemon|registry builder|tag digest
tag id|service project|service task|service container|manager worker|node task|pod container|pod service|pod node|memory cpu|memory swap|memory disk
sigterm sigkill|sigint sigkill|stdout stdin|stdout stderr|cpu disk|read write|environment env_file|reload restart|restart recreate|kill stop
exec attach|exec run|create start|pause stop|secret config|network volume|network container|user root|user group|tcp udp|http https|ipv4 ipv6
docker podman|linux windows|linux mac|mac windows|amd64 arm64|build run|stage layer|key value|server browser|source target|byte operation
second minute|minute hour|hour day|kb mb|mb gb|mib gib|json yaml|engine desktop|shell exec|dockerfile compose|kernel daemon|port address
name address|name id|file directory|builder daemon|port volume|copy move|stage image|manifest layer|stack service
registry repository|repository tag|user password|ip dns|domain ip|stage step|context daemon|context image|driver plugin|cluster host|cluster node
process thread|layer image|layer container|label tag|socket port|command entrypoint|argument option|variable argument|container server|image file
gateway subnet|interface port|script binary|source binary|platform builder|cache registry|cache image|cache volume|log metric|desktop server
machine container|service pod|deployment pod|deployment service|sidecar service|firewall proxy|kernel hypervisor|hypervisor namespace|cgroup namespace
`

/** For each word, by its key, those that deny it. */
export const opposites: ReadonlyMap<string, ReadonlySet<string>> = toMap(oppositeWords, toOppositeKey)
/** For each thing, by its key, those that it is told apart from. */
export const things: ReadonlyMap<string, ReadonlySet<string>> = toMap(thingWords, toThingKey)

/** How a word is looked up among `opposites`: removes, removed and removing are one; function words have no stem. */
export function toOppositeKey(word: string): string {
  const lower = word.toLowerCase()
  const known = stems.get(lower)
  if (known !== undefined) return known
  const key = /^[\p{L}']+$/u.test(lower) ? (analyzeText(lower)[0] ?? lower) : lower
  if (stems.size < mostStems) stems.set(lower, key)
  return key
}

/** How a word is looked up among `things`: a container is no containing. */
export function toThingKey(word: string): string {
  const lower = word.toLowerCase().replace(/'s?$/, '')
  return lower.length > 3 && !lower.endsWith('ss') && !lower.endsWith('https') ? lower.replace(/s$/, '') : lower
}

function toMap(list: string, toKey: (word: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const map = new Map<string, Set<string>>()
  const add = (word: string, other: string) => map.set(word, (map.get(word) ?? new Set<string>()).add(other))
  for (const pair of list.trim().split(/\s*[|\n]\s*/)) {
    const [first, second] = pair.split(' ').map((word) => toKey(word))
    if (first === undefined || second === undefined) continue
    add(first, second)
    add(second, first)
  }
  return map
}
