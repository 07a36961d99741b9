import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/app/config/load-config.js'

const folder = join(packageRoot, 'corpus', 'handbook')
const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'SUMMARY.md')
const chapters = await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })))

/** What one reads from front to back: without code, tables and comments. */
function countProse(text: string): number {
  const prose = text.replace(/^(`{3,})[\s\S]*?^\1\s*$/gm, '').replace(/<!--[\s\S]*?-->/g, '')
  const lines = prose.split('\n').filter((line) => !line.startsWith('|'))
  return lines.join(' ').split(/\s+/).filter(Boolean).length
}

describe('the handbook', () => {
  it('has at least 26 chapters and 45,000 to 60,000 words of prose', () => {
    expect(chapters.length).toBeGreaterThanOrEqual(26)
    const words = chapters.reduce((sum, { text }) => sum + countProse(text), 0)
    expect(words).toBeGreaterThanOrEqual(45_000)
    expect(words).toBeLessThanOrEqual(60_000)
  })

  it('lists every chapter once in its summary, and nothing else', async () => {
    const summary = await readFile(join(folder, 'SUMMARY.md'), 'utf8')
    const listed = [...summary.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, target]) => target)
    expect([...listed].sort()).toEqual([...names].sort())
  })

  it('states its licence', () => {
    const about = chapters.find(({ name }) => name === 'about-this-handbook.md')
    expect(about?.text).toMatch(/CC BY 4\.0/)
  })

  it.each(chapters)('has a title and sections of their own in $name, each with text below its heading', ({ text }) => {
    const withoutCode = text.replace(/^(`{3,})[\s\S]*?^\1\s*$/gm, 'code')
    expect(withoutCode.match(/^# /gm)).toHaveLength(1)
    const sections = withoutCode.split(/^## /m).slice(1)
    for (const section of sections) {
      const [title = '', ...body] = section.split('\n')
      const words = body
        .join(' ')
        .replace(/<!--[\s\S]*?-->/g, '')
        .split(/\s+/)
        .filter(Boolean)
      expect({ title, isWritten: words.length >= 20 }).toEqual({ title, isWritten: true })
    }
  })
})
