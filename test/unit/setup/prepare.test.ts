import { spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createTemporaryFolder, writeFiles } from '../../helpers/temporary-folder.js'

const prepareFile = fileURLToPath(new URL('../../../src/setup/prepare.mjs', import.meta.url))

// Stand for npm and for the compiler that it would install: they write down that they were called, or fail when told to.
const npm = `#!/usr/bin/env node
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs')
appendFileSync('calls', 'npm ' + process.argv.slice(2, 4).join(' ') + '\\n')
if (existsSync('npm-fails')) process.exit(7)
mkdirSync('node_modules/typescript/bin', { recursive: true })
writeFileSync('node_modules/typescript/bin/tsc', ${JSON.stringify(`
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs')
appendFileSync('calls', 'tsc\\n')
if (existsSync('tsc-fails')) process.exit(2)
mkdirSync('dist/cli', { recursive: true })
writeFileSync('dist/cli/start-process.js', '')
`)})
console.log('noise of npm')
`

async function createClone() {
  const root = await createTemporaryFolder()
  await writeFiles(root, {
    'package.json': '{"type":"module"}',
    'package-lock.json': '{}',
    'tsconfig.json': '{}',
    'src/cli/start-process.ts': '',
    'src/web/page/index.html': '<h1>page</h1>',
    'node_modules/package.json': '{"type":"commonjs"}',
    'tools/package.json': '{"type":"commonjs"}',
    'tools/npm': npm,
  })
  await chmod(join(root, 'tools', 'npm'), 0o755)
  const copy = join(root, 'src', 'setup', 'prepare.mjs')
  await mkdir(dirname(copy), { recursive: true })
  await copyFile(prepareFile, copy)
  const run = async () => {
    await rm(join(root, 'calls'), { force: true })
    const code = `const { prepare } = await import(${JSON.stringify(pathToFileURL(copy).href)}); console.log(await prepare())`
    const PATH = [join(root, 'tools'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter)
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env: { PATH } })
    const calls = await readFile(join(root, 'calls'), 'utf8').catch(() => '')
    return { status, stdout: stdout.trim(), stderr, calls: calls.split('\n').filter((line) => line !== '') }
  }
  return { root, run, entry: join(root, 'dist', 'cli', 'start-process.js') }
}

// npm is a .cmd file on Windows, which a script of Node cannot stand for.
describe.skipIf(process.platform === 'win32')('prepare', () => {
  it('installs and builds a fresh clone, telling so on standard error alone', async () => {
    const { root, run, entry } = await createClone()
    const { status, stdout, stderr, calls } = await run()
    expect({ status, stdout, calls }).toEqual({ status: 0, stdout: entry, calls: ['npm ci --include=dev', 'tsc'] })
    expect(stderr).toMatch(/Installing dependencies.*Building/s)
    expect(await readFile(join(root, 'dist', 'web', 'page', 'index.html'), 'utf8')).toBe('<h1>page</h1>')
  })

  it('does nothing and says nothing the second time', async () => {
    const { run, entry } = await createClone()
    await run()
    expect(await run()).toEqual({ status: 0, stdout: entry, stderr: '', calls: [] })
  })

  it.each([
    ['a changed source', 'src/cli/start-process.ts', ['tsc']],
    ['an added source', 'src/cli/more.ts', ['tsc']],
    ['changed compiler settings', 'tsconfig.json', ['tsc']],
    ['a changed package.json with the same lock file', 'package.json', []],
    ['a changed lock file', 'package-lock.json', ['npm ci --include=dev', 'tsc']],
  ])('does again only what %s asks for', async (_, path, expected) => {
    const { root, run } = await createClone()
    await run()
    await writeFile(join(root, path), '{"type":"module","changed":true}')
    expect((await run()).calls).toEqual(expected)
  })

  it('builds again when the built command is gone', async () => {
    const { root, run } = await createClone()
    await run()
    await rm(join(root, 'dist'), { recursive: true })
    expect((await run()).calls).toEqual(['tsc'])
  })

  it('says what to do when npm fails, and tries again the next time', async () => {
    const { root, run } = await createClone()
    await writeFile(join(root, 'npm-fails'), '')
    expect(await run()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/Error: npm ci failed \(exit code 7\)/) })
    await rm(join(root, 'npm-fails'))
    expect(await run()).toMatchObject({ status: 0, calls: ['npm ci --include=dev', 'tsc'] })
  })

  it("ends with the compiler's exit code when the build fails, and builds again the next time", async () => {
    const { root, run } = await createClone()
    await writeFile(join(root, 'tsc-fails'), '')
    expect((await run()).status).toBe(2)
    await rm(join(root, 'tsc-fails'))
    expect(await run()).toMatchObject({ status: 0, calls: ['tsc'] })
  })

  it('neither installs nor builds a package that came built, without its sources', async () => {
    const { root, run, entry } = await createClone()
    await rm(join(root, 'tsconfig.json'))
    expect(await run()).toEqual({ status: 0, stdout: entry, stderr: '', calls: [] })
  })
})
