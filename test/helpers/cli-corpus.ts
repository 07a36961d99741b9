import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type CliOptions, type CliResult, runCli } from './run-cli.js'

const orchestrating = `---
title: Orchestrating Docker
author: Sample Author
---
# Networks

## What a bridge network does

A bridge network joins the containers of one host. Containers on the same user-defined bridge reach each other by name, because the
daemon answers their name queries. The default bridge has no such name service.

## How to create a network

Run \`docker network create shop\` and start the containers with \`--network shop\`.

\`\`\`bash
docker network create shop
docker run -d --name db --network shop postgres:16
\`\`\`
`

const turnbull = `# The Docker Book

## Client and daemon

The Docker client is different from the Docker daemon: the client sends requests, and the daemon builds, runs and stores containers.
Both may run on one machine, or the client may talk to a daemon far away.

## Publishing ports

The flag \`-P\` publishes every exposed port on a free high port of the host. The flag \`-p\` publishes one port that you name.

| Flag | Meaning |
| --- | --- |
| \`-P\` | all exposed ports |
| \`-p 8080:80\` | port 80 on host port 8080 |
`

const running = `# Docker: Up & Running

## Volumes 🐳

A volume 🐳 keeps data outside the container's layer, so the data outlives the container. Create one with \`docker volume create data\`.

- Named volumes live under \`/var/lib/docker/volumes\`.
- Bind mounts show a folder of the host.

## Removing volumes

\`docker volume prune\` removes the volumes that no container uses.
`

const compose = `# Compose

## What Compose is for

Compose starts several containers from one file named \`compose.yaml\`. The command \`docker compose up -d\` starts them in the background.
`

/** The four books that every test of the command line may rely on. */
export const bookNames = {
  orchestrating: 'Orchestrating Docker.md',
  turnbull: 'The Docker Book – James Turnbull – v17.03.0.md',
  running: 'Docker – Up & Running.md',
  guide: 'guide/',
} as const

export interface Workspace {
  readonly dir: string
  readonly corpus: string
  readonly index: string
  /** Runs a command on this corpus and index. */
  run(args: readonly string[], options?: CliOptions): Promise<CliResult>
  remove(): void
}

/** Folders of a test's own with a corpus of four small books: plain, with Windows line ends, with a byte order mark, and a folder. */
export function createWorkspace(): Workspace {
  const workspace = createEmptyWorkspace()
  const { corpus } = workspace
  mkdirSync(join(corpus, 'guide'), { recursive: true })
  writeFileSync(join(corpus, bookNames.orchestrating), orchestrating)
  writeFileSync(join(corpus, bookNames.turnbull), turnbull.replaceAll('\n', '\r\n'))
  writeFileSync(join(corpus, bookNames.running), `\uFEFF${running}`)
  writeFileSync(join(corpus, 'guide', 'SUMMARY.md'), '# Summary\n\n- [Compose](compose.md)\n')
  writeFileSync(join(corpus, 'guide', 'compose.md'), compose)
  return workspace
}

/** The same folders without a corpus. */
export function createEmptyWorkspace(): Workspace {
  const dir = mkdtempSync(join(tmpdir(), 'pilotbook-cli-'))
  const corpus = join(dir, 'my corpus')
  const index = join(dir, 'index')
  return {
    dir,
    corpus,
    index,
    run: ([command = '', ...args], options) => runCli([command, '--corpus', corpus, '--index', index, ...args], options),
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** A workspace that is removed when the running test ends. */
export function createOwnWorkspace(create: () => Workspace = createWorkspace): Workspace {
  const workspace = create()
  onTestFinished(() => workspace.remove())
  return workspace
}

/** Text of a corpus file as offsets count in it: decoded, without its byte order mark, line ends kept. */
export function readCorpusText({ corpus }: Workspace, file: string): string {
  return readFileSync(join(corpus, file), 'utf8').replace(/^\uFEFF/, '')
}

/** The lines that a slice touches, 1-based and inclusive, counted in the plainest way. */
export function countLines(text: string, startOffset: number, endOffset: number): { startLine: number; endLine: number } {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  return { startLine: lineAt(startOffset), endLine: lineAt(Math.max(startOffset, endOffset - 1)) }
}

/** Names, sizes, times and contents of all files in a folder. */
export function snapshot(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const info = statSync(join(folder, name))
      const content = info.isFile() ? readFileSync(join(folder, name), 'base64') : 'folder'
      return `${name} ${info.mtimeMs} ${info.size} ${content}`
    })
}
