import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const sourceFolder = fileURLToPath(new URL('../../src/', import.meta.url))

/** Which rooms a room may import from, besides itself. `dev` may use everything and is used by nothing. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'word-search': ['core'],
  'docker-knowledge': ['core', 'word-search'],
  library: ['core', 'word-search'],
  ingest: ['core', 'word-search', 'docker-knowledge', 'library'],
  answer: ['core', 'word-search', 'docker-knowledge', 'library'],
  adapters: ['core', 'word-search', 'docker-knowledge', 'library'],
  app: ['core', 'word-search', 'docker-knowledge', 'library', 'ingest', 'answer', 'adapters'],
  evaluation: ['core', 'library', 'app'],
  http: ['core', 'app'],
  cli: ['core', 'word-search', 'docker-knowledge', 'library', 'ingest', 'answer', 'adapters', 'app', 'evaluation', 'http'],
  langchain: ['core', 'word-search', 'docker-knowledge', 'library', 'ingest', 'answer', 'adapters', 'app'],
  // Types alone, which another rule holds: the page reaches the service by request.
  web: ['core'],
  setup: [],
  dev: [
    'core',
    'word-search',
    'docker-knowledge',
    'library',
    'ingest',
    'answer',
    'adapters',
    'app',
    'evaluation',
    'http',
    'cli',
    'langchain',
  ],
}

/** Rooms whose folders know nothing of each other; data passes through the file above them. Shared ground is named. */
const apart: Readonly<Record<string, readonly string[]>> = {
  adapters: [],
  ingest: [],
  answer: ['focus-question', 'quotable-units'],
}

/** Where each package of npm may be imported, as beginnings of paths below `src`. A package that is not named may be imported nowhere. */
const packageRooms: Readonly<Record<string, readonly string[]>> = {
  '@huggingface/tokenizers': ['adapters/embedding-model/', 'dev/bench/'],
  '@langchain/core': ['adapters/prompt-files/', 'langchain/', 'dev/'],
  '@langchain/textsplitters': ['ingest/split-passages/'],
  '@xenova/transformers': ['adapters/embedding-model/', 'dev/bench/'],
  commander: ['cli/'],
  express: ['http/'],
  'github-slugger': ['ingest/load-books/'],
  'hnswlib-node': ['adapters/hnsw/'],
  kysely: ['adapters/conversation-store/'],
  langchain: ['langchain/', 'dev/'],
  libsql: ['adapters/conversation-store/', 'dev/eval/', 'dev/bench/'],
  lunr: ['dev/eval/', 'dev/bench/'],
  'markdown-it': ['ingest/', 'app/export-answer/to-html.ts'],
  minisearch: ['dev/eval/', 'dev/bench/'],
  ollama: ['adapters/ollama/'],
  'onnxruntime-node': ['adapters/embedding-model/', 'dev/bench/'],
  'pdf-parse': ['adapters/book-files/'],
  picocolors: ['cli/'],
  valibot: ['adapters/', 'app/config/', 'docker-knowledge/', 'evaluation/', 'http/routes/', 'library/'],
  'wink-porter2-stemmer': ['word-search/', 'dev/eval/'],
  yaml: ['docker-knowledge/', 'ingest/load-books/'],
}

/** Where the world outside may be touched. */
const builtinRooms: Readonly<Record<string, readonly string[]>> = {
  'node:fs': [
    'docker-knowledge/load-concept-matcher.ts',
    'adapters/',
    'library/',
    'app/',
    'evaluation/golden-questions.ts',
    'evaluation/stored-runs.ts',
    'cli/find-own-questions.ts',
    'cli/main.ts',
    'cli/commands/eval.ts',
    'http/routes/page.ts',
    'dev/',
    'setup/',
  ],
  'node:child_process': ['adapters/', 'dev/', 'setup/'],
  'node:http': ['adapters/', 'http/', 'dev/'],
  'node:https': ['adapters/', 'dev/'],
  'node:net': ['adapters/', 'http/', 'dev/'],
}

const bannedWords: ReadonlySet<string> = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager', 'service'])
const longestFile = 250

interface SourceFile {
  /** Below `src`, with forward slashes. */
  readonly path: string
  readonly text: string
}

type Rule = (file: SourceFile) => readonly string[]

const isWithin = (path: string, places: readonly string[]) => places.some((place) => path.startsWith(place))
const roomOf = (path: string) => path.split('/')[0] ?? ''
const withoutComments = (text: string) => text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '')
const found = (text: string, pattern: RegExp) => [...withoutComments(text).matchAll(pattern)].map(([match]) => match.trim())

/** What a file imports, re-exports and loads later, as written. */
function listImports({ text }: SourceFile): readonly string[] {
  const pattern =
    /(?:^|;)\s*(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm
  return [...withoutComments(text).matchAll(pattern)].map(([, from, bare, later]) => from ?? bare ?? later ?? '')
}

/** Imports of our own files, as paths below `src`. */
const listOwnImports = (file: SourceFile) =>
  listImports(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => posix.join(posix.dirname(file.path), target))

const listPackages = (file: SourceFile) =>
  listImports(file)
    .filter((target) => !/^(?:\.|node:)/.test(target))
    .map((target) => target.split('/', target.startsWith('@') ? 2 : 1).join('/'))

const rules: Readonly<Record<string, Rule>> = {
  'rooms import only from the rooms below them': (file) => {
    const room = roomOf(file.path)
    return listOwnImports(file).filter((target) => roomOf(target) !== room && !mayImport[room]?.includes(roomOf(target)))
  },
  'adapters, and the steps of a pipeline, never import each other': (file) => {
    const [room = '', folder = '', ...rest] = file.path.split('/')
    const shared = apart[room]
    if (shared === undefined || rest.length === 0) return []
    const isOther = (target: string) => target.split('/')[0] === room && target.split('/')[1] !== folder
    return listOwnImports(file).filter((target) => isOther(target) && !shared.includes(target.split('/')[1] ?? ''))
  },
  'the page takes nothing but types from the program': (file) =>
    roomOf(file.path) === 'web' ? found(file.text, /^import (?!type\b)[^'"]*['"]\.\.\/\.\.\/[^'"]*['"]/gm) : [],
  'each package is imported only where it belongs': (file) =>
    listPackages(file).filter((name) => !isWithin(file.path, packageRooms[name] ?? [])),
  'disk, network and processes are touched only where they belong': (file) =>
    listImports(file).filter((target) => {
      const places = builtinRooms[target.replace(/^(node:[a-z_]+)\/.*/, '$1')]
      return places !== undefined && !isWithin(file.path, places)
    }),
  'built-in modules are imported with the prefix node:': (file) =>
    listImports(file).filter((target) => /^(?:fs|path|os|url|http|https|net|crypto|util|events|stream|child_process)(?:\/|$)/.test(target)),
  'the environment is read only in app/config': ({ path, text }) =>
    isWithin(path, ['app/config/', 'setup/', 'dev/']) ? [] : found(text, /process\.env|\benv\b[^;\n]*from 'node:process'/g),
  'only commands, developer scripts and the logger print': ({ path, text }) =>
    // Learners ask about console.log: the concepts hold their words.
    isWithin(path, ['cli/', 'dev/', 'setup/', 'app/logger.ts', 'docker-knowledge/concepts/'])
      ? []
      : found(text, /\bconsole\.\w+|process\.std(?:out|err)\.write/g),
  'exports have names': ({ text }) => found(text, /^export default\b.*|\bas default\b/gm),
  'nothing is typed any': ({ path, text }) =>
    path.endsWith('.ts') ? found(text, /(?:[:<|&,(]|=>|\bas)\s*any(?=\s*(?:[;,)>\]=|&[]|$))/gm) : [],
  'classes inherit from nothing but Error and what LangChain asks for': ({ path, text }) =>
    isWithin(path, ['langchain/']) ? [] : found(text, /^\s*(?:export )?(?:abstract )?class \w+(?:<[^{]*>)? extends (?!Error\b)\w+/gm),
  'files are named in kebab-case after what they hold': ({ path }) => {
    const words = path.replace(/\.(?:d\.)?\w+$/, '').split(/[/-]/)
    const isPlain = /^[a-z0-9/-]+\.(?:d\.ts|[a-z]+)$/.test(path) && !/(?:^|\/)index\.[cm]?[jt]s$/.test(path)
    return isPlain && !words.some((word) => bannedWords.has(word)) ? [] : [path]
  },
  [`files have at most ${longestFile} lines`]: ({ path, text }) =>
    /\.(?:ts|mjs)$/.test(path) && text.split('\n').length - 1 > longestFile ? [`${text.split('\n').length - 1} lines`] : [],
}

const files: readonly SourceFile[] = readdirSync(sourceFolder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: path.slice(sourceFolder.length).split(sep).join('/'), text: readFileSync(path, 'utf8') }))

describe('the sources', () => {
  it('stand in rooms that the table knows', () => {
    expect(files.length).toBeGreaterThan(100)
    expect([...new Set(files.map(({ path }) => roomOf(path)))].filter((room) => !(room in mayImport))).toEqual([])
  })

  it.each(Object.entries(rules))('keep the rule: %s', (_, rule) => {
    expect(files.flatMap((file) => rule(file).map((violation) => `${file.path}: ${violation}`))).toEqual([])
  })

  it('import only packages that package.json depends on', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(sourceFolder, '..', 'package.json'), 'utf8'))
    const listed = new Set(
      ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((part) => Object.keys(Object(Object(manifest)[part]))),
    )
    expect([...new Set(files.flatMap(listPackages))].filter((name) => !listed.has(name))).toEqual([])
  })

  it('have no room in the tables that would be a leftover', () => {
    const used = new Set(files.flatMap(listPackages))
    expect(Object.keys(packageRooms).filter((name) => !used.has(name))).toEqual([])
  })
})

describe('each rule', () => {
  const [direction, apartRule, page, packages, world, prefix, environment, printing, exporting, typing, inheriting, naming, length] =
    Object.values(rules)
  const broken: readonly (readonly [title: string, rule: Rule | undefined, path: string, text: string])[] = [
    ['answer importing ingest', direction, 'answer/answer.ts', "import { ingest } from '../ingest/ingest.js'"],
    ['core importing anything', direction, 'core/types/a.ts', "export type { A } from '../../library/a.js'"],
    ['a type imported over several lines', direction, 'http/a.ts', "import type {\n  A,\n  B,\n} from '../answer/answer.js'"],
    ['a later import', direction, 'library/a.ts', "const { a } = await import('../app/a.js')"],
    ['the page importing the service', direction, 'web/client/a.ts', "import '../../http/a.js'"],
    ['one adapter importing another', apartRule, 'adapters/hnsw/a.ts', "import { b } from '../ollama/b.js'"],
    ['a step importing its neighbour', apartRule, 'ingest/load-books/a.ts', "import { b } from '../split-passages/b.js'"],
    ['a step importing the file above it', apartRule, 'answer/cite-sources/a.ts', "import { b } from '../answer.js'"],
    ['the page importing code of the program', page, 'web/client/a.ts', "import { b } from '../../core/b.js'"],
    ['the pipeline importing what measures it', direction, 'answer/a.ts', "import { b } from '../evaluation/b.js'"],
    ["a rival outside the developers' scripts", packages, 'evaluation/a.ts', "import MiniSearch from 'minisearch'"],
    ['express outside http', packages, 'app/a.ts', "import express from 'express'"],
    ['a package by one of its parts', packages, 'cli/a.ts', "import { A } from '@langchain/core/messages'"],
    ['a package that no table names', packages, 'http/a.ts', "import leftPad from 'left-pad'"],
    ['the disk in a pure room', world, 'answer/a.ts', "import { readFile } from 'node:fs/promises'"],
    ['a built-in module without its prefix', prefix, 'library/a.ts', "import { join } from 'path'"],
    ['the environment in an adapter', environment, 'adapters/ollama/a.ts', 'const host = process.env.OLLAMA_HOST'],
    ['printing in a pipeline', printing, 'ingest/a.ts', "console.log('done')"],
    ['a default export', exporting, 'core/a.ts', 'export default function a() {}'],
    ['a parameter of type any', typing, 'core/a.ts', 'const a = (b: any) => b'],
    ['a cast to any', typing, 'core/a.ts', 'const a = b as any'],
    ['an array of any', typing, 'core/a.ts', 'const a: Array<any> = []'],
    ['a class that inherits', inheriting, 'core/a.ts', 'export class A extends B {}'],
    ['a file called index', naming, 'library/index.ts', ''],
    ['a file of helpers', naming, 'library/string-utils.ts', ''],
    ['a folder called common', naming, 'common/a.ts', ''],
    ['a file in camel case', naming, 'library/openLibrary.ts', ''],
    ['a long file', length, 'library/a.ts', '\n'.repeat(longestFile + 1)],
  ]

  it.each(broken)('finds %s', (_title, rule, ...[path, text]) => {
    expect(rule?.({ path, text })).toHaveLength(1)
  })

  it('takes comments and words in strings for what they are', () => {
    const text = "// import a from 'express'\n/** process.env and console.log */\nconst text = 'not any, but one'\n"
    for (const rule of Object.values(rules)) expect(rule({ path: 'core/a.ts', text })).toEqual([])
  })
})
