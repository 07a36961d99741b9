import { type DockerfileVocabulary, type KnownInstruction, loadDockerfileVocabulary } from './vocabulary/dockerfile-vocabulary.js'
import { isBrokenExecForm } from './vocabulary/is-broken-exec-form.js'
import type { WordStatus } from './vocabulary/parse-flag.js'
import { type DockerfileWord, splitDockerfile } from './vocabulary/split-dockerfile.js'

/** What Docker makes of one word of a Dockerfile. */
export interface DockerfileFinding {
  /** `form` is an old or a broken way to write an instruction: `ENV name value`, `CMD ['nginx']`. */
  readonly kind: 'directive' | 'instruction' | 'flag' | 'value' | 'form'
  /** `FROM`, `--mount`, `type=cache`. */
  readonly text: string
  readonly status: WordStatus
  readonly note?: string
  /** From 1. */
  readonly line: number
}

const ownVocabulary = loadDockerfileVocabulary()
const execForm = 'the exec form is a JSON array of strings: double quotes, commas, no comma at the end'
const ellipsis = /^(?:\.\.\.|…|\[\.\.\.\])/
const formOfOld = { ENV: 'today ENV name=value', LABEL: 'today LABEL name=value' } as const

/**
 * Every directive, instruction and flag of a Dockerfile or a piece of one, in its order, and whether Docker knows it. What a shell makes of
 * the words behind RUN and CMD is not looked at. Never fails.
 */
export function checkDockerfile(text: string, vocabulary: DockerfileVocabulary = ownVocabulary): readonly DockerfileFinding[] {
  const { directives, instructions } = splitDockerfile(text)
  // A comment such as `# PORT=80` at the head is none of ours.
  const known = directives.filter((word) => vocabulary.directives.has(word.text))
  return [
    ...known.map(({ text: name, line }) => ({ kind: 'directive', text: name, status: 'known', line }) as const),
    ...instructions.flatMap((words) => checkInstruction(words, vocabulary)),
  ]
}

function checkInstruction(words: readonly DockerfileWord[], vocabulary: DockerfileVocabulary): readonly DockerfileFinding[] {
  const [first, ...rest] = words
  if (first === undefined || ellipsis.test(first.text)) return []
  const known = vocabulary.instructions.get(first.text.toUpperCase())
  if (known === undefined) return [{ kind: 'instruction', text: first.text, status: 'unknown', line: first.line }]
  const { name, deprecated } = known
  const about = deprecated === undefined ? { status: 'known' as const } : { status: 'deprecated' as const, note: deprecated }
  const own: DockerfileFinding = { kind: 'instruction', text: name, ...about, line: first.line }
  if (name === 'ONBUILD') return [own, ...checkInstruction(rest, vocabulary)]
  const end = rest.findIndex(({ text }) => !/^--[a-z]/.test(text))
  const flags = rest.slice(0, end === -1 ? rest.length : end)
  return [own, ...flags.flatMap((flag) => checkFlag(flag, known, vocabulary)), ...checkForm(name, rest.slice(flags.length))]
}

function checkFlag(word: DockerfileWord, known: KnownInstruction, vocabulary: DockerfileVocabulary): readonly DockerfileFinding[] {
  const [, name = word.text, value] = /^(--[\w-]+)(?:=(.*))?$/.exec(word.text) ?? []
  const finding: DockerfileFinding = { kind: 'flag', text: name, status: known.flags.has(name) ? 'known' : 'unknown', line: word.line }
  if (value === undefined || finding.status === 'unknown') return [finding]
  if (known.name === 'RUN' && name === '--mount') return [finding, ...checkMount(value, word.line, vocabulary)]
  const values = vocabulary.values.get(`${known.name} ${name}`)
  if (values === undefined || isVariable(value)) return [finding]
  return [finding, { kind: 'value', text: value, status: values.has(value) ? 'known' : 'unknown', line: word.line }]
}

function checkMount(value: string, line: number, { mounts }: DockerfileVocabulary): readonly DockerfileFinding[] {
  const pairs = value.split(',').filter((pair) => !isVariable(pair) && !ellipsis.test(pair))
  const type = pairs.map((pair) => /^type=(.*)$/.exec(pair)?.[1]).find((found) => found !== undefined) ?? 'bind'
  const options = mounts.get(type)
  if (options === undefined) return [{ kind: 'value', text: `type=${type}`, status: 'unknown', line }]
  return pairs.map((pair) => {
    const [option = pair] = pair.split('=', 1)
    return { kind: 'value', text: pair, status: options.has(option) ? 'known' : 'unknown', line } as const
  })
}

function checkForm(name: string, words: readonly DockerfileWord[]): readonly DockerfileFinding[] {
  const [first] = words
  if (first === undefined) return []
  if (name === 'HEALTHCHECK') return /^cmd$/i.test(first.text) ? checkForm('CMD', words.slice(1)) : []
  if (name !== 'ENV' && name !== 'LABEL') {
    const text = words.map((word) => word.text).join(' ')
    return isBrokenExecForm(name, text)
      ? [{ kind: 'form', text: `${name} ${text}`, status: 'unknown', note: execForm, line: first.line }]
      : []
  }
  // A name alone is a mention of it.
  if (words.length === 1 || first.text.includes('=') || /^["'[<…]|^\.\.\./.test(first.text)) return []
  return [{ kind: 'form', text: `${name} ${first.text}`, status: 'deprecated', note: formOfOld[name], line: first.line }]
}

function isVariable(value: string): boolean {
  return value.startsWith('$')
}
