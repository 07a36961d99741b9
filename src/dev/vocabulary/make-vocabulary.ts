// Writes src/docker-knowledge/vocabulary/commands.json from what the Docker clients say of themselves.
//
//   npx tsx src/dev/vocabulary/make-vocabulary.ts --compose PATH --buildx PATH [--dockerd PATH] [--docker PATH]
//
// The client is the `docker` of this machine unless `--docker` names another. The two plugins and the daemon need not be installed:
// the packages `docker-compose` (version 2), `docker-buildx` and `docker.io` of a newer Debian suite hold them. Fetch them with
// `apt-get download` under a sources list and a lists folder of your own (`-o Dir::Etc::sourcelist=…`, `-o Dir::State::lists=…`), so that
// the machine's own set-up stays as it is, unpack them with `dpkg-deb -x FILE FOLDER`, and name the programs below `FOLDER/usr/libexec/docker/cli-plugins/`
// and `FOLDER/usr/sbin/`.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type CommandRecord, mergeBuild, type ReadHelp, walkHelp } from './walk-help.js'

const target = fileURLToPath(new URL('../../docker-knowledge/vocabulary/commands.json', import.meta.url))
const biome = fileURLToPath(new URL('../../../node_modules/@biomejs/biome/bin/biome', import.meta.url))

interface Programs {
  readonly docker: string
  readonly compose: string
  readonly buildx: string
  readonly dockerd?: string | undefined
}

const { values } = parseArgs({
  options: {
    docker: { type: 'string', default: 'docker' },
    compose: { type: 'string' },
    buildx: { type: 'string' },
    dockerd: { type: 'string' },
  },
})
if (values.compose === undefined || values.buildx === undefined) {
  console.error('usage: npx tsx src/dev/vocabulary/make-vocabulary.ts --compose PATH --buildx PATH [--dockerd PATH] [--docker PATH]')
  process.exitCode = 2
} else {
  makeVocabulary({ docker: values.docker, compose: values.compose, buildx: values.buildx, dockerd: values.dockerd })
}

function makeVocabulary(programs: Programs): void {
  const home = mkdtempSync(join(tmpdir(), 'pilotbook-vocabulary-'))
  try {
    const commands = readCommands(programs, home)
    const versions = readVersions(programs, home)
    writeFileSync(target, `${JSON.stringify({ versions, commands }, null, 2)}\n`)
    execFileSync(process.execPath, [biome, 'format', '--write', target])
    const flags = commands.reduce((sum, command) => sum + command.flags.length, 0)
    console.log(`Wrote ${commands.length} commands with ${flags} flags to ${target}`)
    console.log(versions)
  } finally {
    rmSync(home, { recursive: true })
  }
}

// The client alone first: with the plugins beside it, buildx would answer for `docker build`.
function readCommands({ docker, compose, buildx, dockerd }: Programs, home: string): readonly CommandRecord[] {
  const readHelp: ReadHelp = (path) => run(path[0] === 'docker' ? docker : (dockerd ?? ''), [...path.slice(1), '--help'], home)
  const client = walkHelp(['docker'], readHelp)
  const plugins = join(home, 'cli-plugins')
  mkdirSync(plugins)
  copyFileSync(compose, join(plugins, 'docker-compose'))
  copyFileSync(buildx, join(plugins, 'docker-buildx'))
  const builder = walkHelp(['docker', 'buildx'], readHelp)
  const daemon = dockerd === undefined ? [] : walkHelp(['dockerd'], readHelp)
  return [...mergeBuild(client, builder), ...builder, ...walkHelp(['docker', 'compose'], readHelp), ...daemon]
}

function readVersions({ docker, dockerd }: Programs, home: string): Readonly<Record<string, string>> {
  const ask = (program: string, words: readonly string[]) => /\d+\.\d+\.\d+/.exec(run(program, words, home))?.[0] ?? 'unknown'
  return {
    docker: ask(docker, ['--version']),
    compose: ask(docker, ['compose', 'version']),
    buildx: ask(docker, ['buildx', 'version']),
    ...(dockerd === undefined ? {} : { dockerd: ask(dockerd, ['--version']) }),
  }
}

function run(program: string, words: readonly string[], home: string): string {
  const env = { PATH: process.env.PATH, HOME: home, DOCKER_CONFIG: home, BUILDX_EXPERIMENTAL: '1' }
  const { stdout, status, error } = spawnSync(program, words, { env, encoding: 'utf8' })
  if (error !== undefined || status !== 0) throw new Error(`${program} ${words.join(' ')} failed`, { cause: error })
  return stdout
}
