/** What one help page of a Docker client says, without its prose. */
export interface HelpPage {
  /** The usage line as printed, the command's own words included. */
  readonly usage: string
  /** Other names of the command, whole: `docker container run`. */
  readonly aliases: readonly string[]
  readonly flags: readonly string[]
  readonly subcommands: readonly string[]
  readonly isExperimental: boolean
  readonly isDeprecated: boolean
}

const sectionHead = /^(\S.*):\s*$/
const flagLine = /^ {2}(?:(-\S), | {4})(--[\w.-]+)(?: (\S+))?(?: {2,}(.*))?$/
const commandLine = /^ {2}([\w-]+)\*? +/

/**
 * Reads the text that `docker … --help` prints. A flag becomes one line, `-m, --memory bytes`, with the marks that its description
 * bears behind it: `--tree (experimental)`.
 */
export function parseHelp(text: string): HelpPage {
  const sections = splitSections(text)
  const before = sections.get('') ?? []
  return {
    usage: readUsage(text),
    aliases: (sections.get('Aliases') ?? []).flatMap((line) => line.split(',')).flatMap((name) => name.trim() || []),
    flags: [...sections].filter(([head]) => /(?:^|\s)Options$/.test(head)).flatMap(([, lines]) => readFlags(lines)),
    subcommands: [...sections]
      .filter(([head]) => /(?:^|\s)Commands$/.test(head))
      .flatMap(([, lines]) => lines.flatMap((line) => commandLine.exec(line)?.[1] ?? [])),
    isExperimental: sections.has('EXPERIMENTAL') || before.some((line) => /\(?EXPERIMENTAL\)?/.test(line)),
    isDeprecated: before.some((line) => /^\s*\(?DEPRECATED/i.test(line)),
  }
}

function readUsage(text: string): string {
  return /^Usage:\s+(.*\S)/m.exec(text)?.[1] ?? ''
}

function splitSections(text: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>([['', []]])
  let current = ''
  for (const line of text.split('\n')) {
    const head = sectionHead.exec(line)?.[1]
    if (head === undefined) sections.get(current)?.push(line)
    else {
      current = head
      sections.set(current, [])
    }
  }
  return sections
}

function readFlags(lines: readonly string[]): readonly string[] {
  const flags: { name: string; words: string }[] = []
  for (const line of lines) {
    const [match, short, long = '', type, words = ''] = flagLine.exec(line) ?? []
    if (match !== undefined)
      flags.push({ name: `${short === undefined ? '' : `${short}, `}${long}${type === undefined ? '' : ` ${type}`}`, words })
    else if (flags.length > 0) (flags.at(-1) ?? { words: '' }).words += ` ${line.trim()}`
  }
  return flags.map(({ name, words }) => name + readMarks(words))
}

function readMarks(words: string): string {
  if (/\bdeprecated\b/i.test(words)) return ' (deprecated)'
  // `--experimental` of the daemon says what it enables; a mark stands in brackets or in capitals.
  return /\(experimental\)|EXPERIMENTAL/.test(words) ? ' (experimental)' : ''
}
