import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../app/config/load-config.js'
import { createPicker, type Pick } from './pick.js'

const sectionsPerBook = 500
const sentencesPerSection = 6

/**
 * Writes Markdown books of `sections` sections, each one passage, out of the handbook's own headings and sentences in another order: words
 * are as rare and as frequent as in a Docker book, which decides what a search costs.
 */
export async function makeProseCorpus(folder: string, sections: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { headings, sentences } = await readHandbook()
  const pick = createPicker(11)
  for (let book = 0; book * sectionsPerBook < sections; book++) {
    const count = Math.min(sectionsPerBook, sections - book * sectionsPerBook)
    const parts = Array.from({ length: count }, (_, number) => makeSection({ headings, sentences, pick, number }))
    await writeFile(join(folder, `book-${book + 1}.md`), `# Book ${book + 1}\n\n${parts.join('\n')}`)
  }
}

async function readHandbook(): Promise<{ headings: readonly string[]; sentences: readonly string[] }> {
  const folder = join(packageRoot, 'corpus', 'handbook')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'SUMMARY.md')
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')))
  const lines = texts.flatMap((text) => text.replace(/^```[\s\S]*?^```/gm, '').split('\n'))
  const headings = lines.filter((line) => line.startsWith('## ')).map((line) => line.slice(3))
  const prose = lines.filter((line) => /^[A-Z`]/.test(line)).join(' ')
  return { headings, sentences: prose.split(/(?<=[.?!])\s+(?=[A-Z])/).filter((sentence) => sentence.length > 30) }
}

function makeSection(from: { headings: readonly string[]; sentences: readonly string[]; pick: Pick; number: number }): string {
  const body = Array.from({ length: sentencesPerSection }, () => from.pick(from.sentences)).join(' ')
  return `## ${from.pick(from.headings)} (${from.number + 1})\n\n${body}\n`
}
