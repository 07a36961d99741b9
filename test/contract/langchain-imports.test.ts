import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const staticImport = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm

const isLangChain = (name: string) => name === 'langchain' || name.startsWith('@langchain/')

/** Files that a file loads as soon as it is loaded itself, with the packages among them that are LangChain's. */
function followImports(entry: string): readonly string[] {
  const reached = new Set<string>()
  const found: string[] = []
  const waiting = [entry]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue
    reached.add(file)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(staticImport)) {
      if (isLangChain(name)) found.push(`${relative(src, file)} imports ${name}`)
      if (name.startsWith('.')) waiting.push(join(dirname(file), name.replace(/\.js$/, '.ts')))
    }
  }
  return found
}

const commands = readdirSync(join(src, 'cli', 'commands')).map((name) => `cli/commands/${name}`)

describe('LangChain, whose import takes hundreds of milliseconds', () => {
  it.each(['cli/start-process.ts', 'app/entry.ts', ...commands])('is not loaded by %s before it is needed', (entry) => {
    expect(followImports(join(src, entry))).toEqual([])
  })

  it('is found by the search above where it is imported', () => {
    expect(followImports(join(src, 'langchain', 'langchain.ts')).length).toBeGreaterThan(0)
  })
})
