/** One word of a Dockerfile, with the line that it stands on. */
export interface DockerfileWord {
  readonly text: string
  /** From 1. */
  readonly line: number
}

export interface DockerfileText {
  /** The parser directives at the head: `syntax`, `escape`, `check`; their values are not kept. */
  readonly directives: readonly DockerfileWord[]
  /** Instructions with all their words, over all the lines that they take; the bodies of here-documents are left out. */
  readonly instructions: readonly (readonly DockerfileWord[])[]
}

const directiveLine = /^[ \t]*#[ \t]*(\w+)[ \t]*=[ \t]*(\S+)/
const commentLine = /^[ \t]*(?:#.*)?$/
const hereDocument = /<<-?(["']?)(\w+)\1/g

/** Cuts a Dockerfile into its instructions, as BuildKit does: directives first, comments and empty lines dropped, continued lines joined. */
export function splitDockerfile(text: string): DockerfileText {
  const lines = text.split(/\r\n?|\n/)
  const { directives, escapeMark } = readDirectives(lines)
  const instructions: DockerfileWord[][] = []
  for (let at = directives.length; at < lines.length; at++) {
    if (commentLine.test(lines[at] ?? '')) continue
    const { words, end } = readInstruction(lines, at, escapeMark)
    instructions.push(words)
    at = skipHereDocuments(lines, words, end)
  }
  return { directives, instructions }
}

function readDirectives(lines: readonly string[]): { directives: readonly DockerfileWord[]; escapeMark: string } {
  const directives: DockerfileWord[] = []
  let escapeMark = '\\'
  for (const [at, line] of lines.entries()) {
    const [, name, value] = directiveLine.exec(line) ?? []
    if (name === undefined || value === undefined) break
    if (name.toLowerCase() === 'escape') escapeMark = value
    directives.push({ text: name.toLowerCase(), line: at + 1 })
  }
  return { directives, escapeMark }
}

/** `end` is the last line that belongs to it. */
function readInstruction(lines: readonly string[], start: number, escapeMark: string): { words: DockerfileWord[]; end: number } {
  const words: DockerfileWord[] = []
  for (let at = start; at < lines.length; at++) {
    const line = (lines[at] ?? '').trimEnd()
    // Comments and empty lines inside a continued instruction do not end it.
    if (at > start && commentLine.test(line)) continue
    const isContinued = line.endsWith(escapeMark)
    const content = isContinued ? line.slice(0, -1) : line
    words.push(...[...content.matchAll(/\S+/g)].map(([text]) => ({ text, line: at + 1 })))
    if (!isContinued) return { words, end: at }
  }
  return { words, end: lines.length - 1 }
}

function skipHereDocuments(lines: readonly string[], words: readonly DockerfileWord[], end: number): number {
  if (!/^(?:RUN|COPY|ADD|ONBUILD)$/i.test(words[0]?.text ?? '')) return end
  let at = end
  for (const [, , delimiter] of words
    .map(({ text }) => text)
    .join(' ')
    .matchAll(hereDocument)) {
    const close = lines.findIndex((line, number) => number > at && line.trim() === delimiter)
    at = close === -1 ? lines.length - 1 : close
  }
  return at
}
