import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Compiles the page's client with the project's compiler into a folder of its own, so that no build is needed before. */
export function compileClient(): { readonly clientDir: string; readonly remove: () => void } {
  const outDir = mkdtempSync(join(tmpdir(), 'pilotbook-client-'))
  const options = ['--ignoreConfig', '--noCheck', '--target', 'es2023', '--module', 'nodenext', '--verbatimModuleSyntax']
  const places = ['--rootDir', 'src', '--outDir', outDir, 'src/web/client/main.ts']
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const done = spawnSync(process.execPath, [compiler, ...options, ...places], { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`the client does not compile: ${done.stdout}${done.stderr}`)
  return { clientDir: join(outDir, 'web/client'), remove: () => rmSync(outDir, { recursive: true }) }
}

const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

/** The browser for page tests: PILOTBOOK_CHROMIUM, or where systems usually put one. */
export function findChromium(): string | undefined {
  return [process.env.PILOTBOOK_CHROMIUM, ...usualPaths].find((path) => path !== undefined && path !== '' && existsSync(path))
}
