import { parseDocument } from 'yaml'
import { checkCommand } from '../../src/docker-knowledge/check-command.js'
import { checkComposeFile } from '../../src/docker-knowledge/check-compose-file.js'
import { checkDockerfile } from '../../src/docker-knowledge/check-dockerfile.js'
import { loadComposeVocabulary } from '../../src/docker-knowledge/vocabulary/compose-vocabulary.js'
import { loadDockerfileVocabulary } from '../../src/docker-knowledge/vocabulary/dockerfile-vocabulary.js'
import type { WordStatus } from '../../src/docker-knowledge/vocabulary/parse-flag.js'
import type { Chapter, Fence, Piece } from './read-handbook.js'

/** Something that Docker does not know, or knows as old. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly word: string
  readonly status: Exclude<WordStatus, 'known'> | 'without a prompt'
  /** Where the word stands: `docker run`, `Dockerfile`, `Compose`. */
  readonly place: string
}

/** A piece of code, and whether it is typed or only names what it is about: `docker network create` is a fault only when typed. */
interface Code extends Piece {
  readonly isTyped: boolean
}

export interface FaultCount {
  readonly faults: readonly Fault[]
  /** Commands, words of Dockerfiles and keys that were looked at. */
  readonly checked: { readonly commands: number; readonly dockerfiles: number; readonly composeFiles: number }
}

type Judged = { readonly text: string; readonly status: WordStatus }

const prompt = /^(?:(?:\(\w+\) ?)?(?:[\w.-]+@[\w.-]+(?::\S*)?\s*|PS(?: [^>]*)?|\/\S* )?[$#>] |[A-Z]:\\[^>]*> ?)(.*)$/
/** What stands before a command of Docker that is typed without a prompt, or with one that the book does not use. */
const noPrompt = /^(?:[^$#]*?[%❯➜»λ] +)?(?=(?:sudo +)?(?:docker|docker-compose|dockerd) )/
const shells = new Set(['bash', 'sh', 'shell', 'zsh', 'powershell'])
const dockerfileWords = loadDockerfileVocabulary().instructions
const composeKeys = loadComposeVocabulary()
/** Keys at the top of YAML that is not for Compose: Kubernetes, CI systems, Prometheus, Traefik. */
const foreign = new Set(['apiVersion', 'jobs', 'steps', 'stages', 'on', 'scrape_configs', 'http', 'entryPoints'])

/** Everything in one chapter's code that the command vocabulary does not know as today's. */
export function findFaults(chapter: Chapter): FaultCount {
  const consoles = chapter.fences.filter(({ language }) => language === 'console')
  const typed = [
    ...consoles.flatMap(readPrompts),
    ...chapter.fences.filter(({ language }) => shells.has(language)).map(({ text, line }) => ({ text, line: line + 1 })),
    ...chapter.fences.filter(isYaml).flatMap(readScripts),
  ]
  const commands: readonly Code[] = [
    ...chapter.inlineCode.map((piece) => ({ ...piece, isTyped: false })),
    ...typed.map((piece) => ({ ...piece, isTyped: true })),
  ]
  const dockerfiles = chapter.fences.filter(({ language }) => /^docker(?:file)?$/i.test(language))
  const yamlFences = chapter.fences.filter(isYaml)
  const faults = [
    ...commands.flatMap((piece) => judgeCommands(chapter.file, piece)),
    ...consoles.flatMap((fence) => judgePrompts(chapter.file, fence)),
    ...chapter.inlineCode.filter(isInstruction).flatMap((piece) => judgeInstruction(chapter.file, piece)),
    ...dockerfiles.flatMap((fence) => judgeFence(chapter.file, fence, { place: 'Dockerfile', findings: checkDockerfile(fence.text) })),
    ...yamlFences.flatMap((fence) => judgeYaml(chapter.file, fence)),
  ]
  const count = commands.reduce((sum, { text }) => sum + checkCommand(text).length, 0)
  const composeFiles = yamlFences.filter(({ text }) => findGroup(text) !== 'foreign').length
  return { faults, checked: { commands: count, dockerfiles: dockerfiles.length, composeFiles } }
}

/** The commands typed in a console, each with the lines on which it goes on. */
export function readPrompts(fence: Fence): readonly Piece[] {
  return readConsole(fence).typed
}

/** A console, command by command; the lines between are what was answered. */
function readConsole({ text, line }: Fence): { readonly typed: readonly Piece[]; readonly answered: readonly Piece[] } {
  const typed: Piece[] = []
  const answered: Piece[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const start = at
    let command = prompt.exec(lines[at] ?? '')?.[1]
    if (command === undefined) answered.push({ text: lines[at] ?? '', line: line + 1 + at })
    while (command !== undefined && at + 1 < lines.length && goesOn(command)) command += `\n${(lines[++at] ?? '').replace(/^> ?/, '')}`
    if (command !== undefined) typed.push({ text: command, line: line + 1 + start })
  }
  return { typed, answered }
}

/** Lines that begin like a command of Docker but are none, since no prompt of the book stands before them. */
function judgePrompts(file: string, fence: Fence): readonly Fault[] {
  return readConsole(fence).answered.flatMap(({ text, line }) => {
    const before = noPrompt.exec(text)?.[0]
    const [command] = before === undefined ? [] : checkCommand(text.slice(before.length))
    const isCommand = command?.words.every(({ kind, status }) => kind !== 'command' || status !== 'unknown') === true
    return isCommand && command.path.includes(' ') ? [{ file, line, place: 'console', word: text, status: 'without a prompt' }] : []
  })
}

function goesOn(command: string): boolean {
  const delimiter = /<<-?\s*(['"]?)(\w+)\1/.exec(command)?.[2]
  if (delimiter !== undefined) return !new RegExp(`\\n\\s*${delimiter}$`).test(command)
  return /[\\`]$/.test(command) || isQuoteOpen(command)
}

function isQuoteOpen(command: string): boolean {
  const bare = command.replace(/\\[\s\S]/g, '').replace(/"[^"]*"|'[^']*'/g, '')
  return /(?:^|[\s=(])["']/.test(bare)
}

function judgeCommands(file: string, { text, line, isTyped }: Code): readonly Fault[] {
  return checkCommand(text).flatMap(({ path, words, count }) => {
    const lineOf = (start: number) => line + text.slice(0, start).split('\n').length - 1
    const isMiscounted = count === 'too many' || (count === 'too few' && isTyped)
    return [
      ...words.flatMap((word) => toFault(word, { file, place: path, line: lineOf(word.start) })),
      ...(isMiscounted
        ? [{ file, place: path, line: lineOf(words[0]?.start ?? 0), word: `${count} arguments`, status: 'unknown' } as const]
        : []),
    ]
  })
}

/** An instruction of a Dockerfile with what follows it, in a sentence. */
function isInstruction({ text }: Piece): boolean {
  return dockerfileWords.has(/^([A-Z]+) +\S/.exec(text)?.[1] ?? '')
}

function judgeInstruction(file: string, { text, line }: Piece): readonly Fault[] {
  return checkDockerfile(text).flatMap((finding) => toFault(finding, { file, place: 'Dockerfile', line }))
}

function judgeYaml(file: string, fence: Fence): readonly Fault[] {
  const group = findGroup(fence.text)
  if (group === 'foreign') return []
  return judgeFence(file, fence, { place: 'Compose', findings: checkComposeFile(fence.text, group) })
}

function isYaml({ language }: Fence): boolean {
  return /^ya?ml$/.test(language)
}

/** What a piece of YAML is a piece of; broken YAML counts as a whole file, which says so. */
function findGroup(text: string): string {
  const top = Object.entries(readYaml(text))
  // A job of GitLab has a name of one's own and a script.
  if (top.some(([key, value]) => foreign.has(key) || (isRecord(value) && 'script' in value))) return 'foreign'
  const groups = ['file', 'service', 'build', 'deploy', 'healthcheck', 'develop']
  return groups.find((group) => top.every(([key]) => key.startsWith('x-') || composeKeys.get(group)?.has(key))) ?? 'file'
}

/** The commands that a CI system runs, on the line where their fence opens. */
function readScripts({ text, line }: Fence): readonly Piece[] {
  return findGroup(text) === 'foreign' ? listScripts(readYaml(text)).map((script) => ({ text: script, line })) : []
}

function listScripts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(listScripts)
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    /^(?:run|(?:before_|after_)?script)$/.test(key) ? [inner].flat().filter((item) => typeof item === 'string') : listScripts(inner),
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readYaml(text: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(text, { logLevel: 'silent' })
  const value: unknown = document.errors.length > 0 ? {} : document.toJS()
  return isRecord(value) ? value : {}
}

type Judgement = { readonly place: string; readonly findings: readonly (Judged & { readonly line: number })[] }

function judgeFence(file: string, fence: Fence, { place, findings }: Judgement): readonly Fault[] {
  return findings.flatMap((finding) => toFault(finding, { file, place, line: fence.line + finding.line }))
}

function toFault({ text, status }: Judged, at: Pick<Fault, 'file' | 'line' | 'place'>): readonly Fault[] {
  return status === 'known' ? [] : [{ ...at, word: text, status }]
}
