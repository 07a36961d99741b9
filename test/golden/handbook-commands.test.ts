import { describe, expect, it } from 'vitest'
import { findFormFaults } from './find-form-faults.js'
import { findFaults, readPrompts } from './find-handbook-faults.js'
import { handbookAllowed } from './handbook-allowed.js'
import { listChapterFiles, listSummaryFiles, parseChapter, readChapter } from './read-handbook.js'

const mostSectionsWithAsks = 1 / 4
const chapters = listChapterFiles().map(readChapter)
const counts = chapters.map(findFaults)
const allowed = new Set(handbookAllowed.map(({ place, word }) => `${place} | ${word}`))
const fence = (language: string, ...lines: readonly string[]) => [`\`\`\`${language}`, ...lines, '```'].join('\n')
const faultsOf = (...lines: readonly string[]) =>
  findFaults(parseChapter('a.md', lines.join('\n'))).faults.map(({ line, place, word, status }) => `${line}: ${place}: ${word} ${status}`)

describe('the handbook', () => {
  it('is held against the vocabulary in hundreds of places', () => {
    const total = (name: 'commands' | 'dockerfiles' | 'composeFiles') => counts.reduce((sum, { checked }) => sum + checked[name], 0)
    expect(total('commands')).toBeGreaterThan(1000)
    expect(total('dockerfiles')).toBeGreaterThan(20)
    expect(total('composeFiles')).toBeGreaterThan(20)
  })

  it('shows no command, flag, instruction or Compose key that Docker does not know as today’s, but for what it shows on purpose', () => {
    const faults = counts.flatMap((count) => count.faults).filter(({ place, word }) => !allowed.has(`${place} | ${word}`))
    expect(faults.map(({ file, line, place, word, status }) => `${file}:${line}: ${place}: ${word} is ${status}`)).toEqual([])
  })

  it('still shows everything that is allowed on purpose', () => {
    const shown = new Set(counts.flatMap((count) => count.faults).map(({ place, word }) => `${place} | ${word}`))
    expect([...allowed].filter((entry) => !shown.has(entry))).toEqual([])
  })

  it('lists every chapter once in SUMMARY.md, and nothing else', () => {
    expect([...listSummaryFiles()].sort()).toEqual(listChapterFiles())
  })

  it('has one title a chapter, closed fences with a language, and no HTML but the asks below a heading', () => {
    expect(chapters.flatMap(findFormFaults)).toEqual([])
  })

  it('says for at most a quarter of its sections how learners ask for them', () => {
    const sections = chapters.flatMap(({ headings }) => headings).filter(({ level }) => level > 1)
    expect(sections.filter(({ asks }) => asks !== '').length).toBeLessThanOrEqual(sections.length * mostSectionsWithAsks)
  })
})

describe('the check of a chapter', () => {
  it('finds an unknown flag on the line of a console on which it stands', () => {
    const text = fence('console', '$ docker run -d \\', '>   --nmae web nginx', 'web', '# docker pss', 'docker nothing')
    expect(faultsOf('# A', '', text)).toEqual(['5: docker run: --nmae unknown', '7: docker: pss unknown'])
  })

  it('reads scripts as a whole, and code inside sentences', () => {
    const text = fence('bash', '#!/bin/sh', 'docker ps -a', 'docker rm --al')
    expect(faultsOf(text, '', 'Say `docker', 'imagine ls`, not ``docker image ls --foo``.')).toEqual([
      '7: docker: imagine unknown',
      '8: docker images: --foo unknown',
      '4: docker rm: --al unknown',
    ])
  })

  it('finds what is wrong in Dockerfiles, in Compose files and in pieces of them', () => {
    expect(faultsOf(fence('dockerfile', 'FROM alpine', 'RUM ls'))).toEqual(['3: Dockerfile: RUM unknown'])
    expect(faultsOf(fence('yaml', 'services:', '  web:', '    imge: nginx'))).toEqual(['4: Compose: imge unknown'])
    expect(faultsOf(fence('yaml', 'healthcheck:', '  tset: ls'))).toEqual(['3: Compose: tset unknown'])
    expect(faultsOf(fence('yaml', 'services:', '  web: [', ''))).toHaveLength(1)
  })

  it('leaves other YAML alone, but reads the commands that a CI system runs', () => {
    expect(faultsOf(fence('yaml', 'apiVersion: v1', 'kind: Pod'))).toEqual([])
    expect(faultsOf(fence('yaml', 'on: push', 'jobs:', '  a:', '    steps:', '      - run: docker bild .'))).toEqual([
      '1: docker: bild unknown',
    ])
  })

  it('takes the lines of a here-document and of an open quote with their command', () => {
    const typed = ['$ docker build - <<EOF', 'FROM alpine', 'EOF', '$ docker run alpine sh -c "', 'ls"', 'bin']
    expect(readPrompts({ language: 'console', text: typed.join('\n'), line: 1, isClosed: true })).toEqual([
      { text: 'docker build - <<EOF\nFROM alpine\nEOF', line: 2 },
      { text: 'docker run alpine sh -c "\nls"', line: 5 },
    ])
  })

  it('finds faults of form', () => {
    const text = ['# A', '## B', '<!-- asks: one; two -->', '', 'A <b>word</b> and `<b>`.', '# C', '```', 'x', '```', '~~~sh', 'y'].join(
      '\n',
    )
    expect(findFormFaults(parseChapter('a.md', text))).toEqual([
      'a.md:6: 2 headings of the first level',
      'a.md:10: a fence without an end',
      'a.md:7: a fence without a language',
      'a.md:5: HTML: <b>',
      'a.md:5: HTML: </b>',
    ])
    expect(parseChapter('a.md', text).headings.map(({ asks }) => asks)).toEqual(['', 'one; two', ''])
    expect(findFormFaults(parseChapter('a.md', '# A\n\nText.\n<!-- asks: far from its heading -->'))).toHaveLength(1)
  })
})
