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

  it('finds commands typed without the arguments that they need, or with more than they take', () => {
    expect(faultsOf(fence('console', '$ docker network create', '$ docker volume rm'))).toEqual([
      '2: docker network create: too few arguments unknown',
      '3: docker volume rm: too few arguments unknown',
    ])
    expect(faultsOf(fence('bash', '# at home', 'docker tag shop:1'))).toEqual(['3: docker tag: too few arguments unknown'])
    expect(faultsOf('`docker network create` makes one, `docker images a b` lists two.')).toEqual([
      '1: docker images: too many arguments unknown',
    ])
  })

  it('finds values that Docker does not know', () => {
    expect(faultsOf(fence('console', '$ docker run --mount type=volum,target=/x nginx'))).toEqual(['2: docker run: type=volum unknown'])
    expect(faultsOf(fence('yaml', 'services:', '  web:', '    restart: unless-stoped'))).toEqual(['4: Compose: unless-stoped unknown'])
  })

  it('finds exec forms that are no JSON, in Dockerfiles and in sentences', () => {
    expect(faultsOf(fence('dockerfile', 'FROM nginx', "CMD ['nginx']"))).toEqual(["3: Dockerfile: CMD ['nginx'] unknown"])
    expect(faultsOf('Write `ENTRYPOINT [node]`, not `CMD` or `RUN npm ci`.')).toEqual(['1: Dockerfile: ENTRYPOINT [node] unknown'])
  })

  it('finds commands in a console without a prompt of the book, but not what the commands answer', () => {
    const typed = [
      'docker ps',
      'sudo docker volume ls',
      '% docker images',
      'ana@mac ~ % docker info',
      '❯ docker logs web',
      'docker-compose up',
    ]
    expect(faultsOf(fence('console', ...typed)).filter((fault) => fault.endsWith('without a prompt'))).toEqual(
      typed.map((line, at) => `${at + 2}: console: ${line} without a prompt`),
    )
    const answers = [
      'docker: Error response from daemon',
      'docker > ls',
      'docker    101  0.0  dockerd',
      '    docker swarm join',
      'docker.io/x',
      '50 % docker',
    ]
    expect(faultsOf(fence('console', '$ docker info', ...answers))).toEqual([])
  })

  it('reads commands behind every prompt of the book', () => {
    const prompts = ['$ ', '# ', 'PS> ', 'PS C:\\> ', 'C:\\> ', 'C:\\shop>', '/ # ', '/app $ ', 'root@1f3b:/# ', '(venv) $ ']
    expect(faultsOf(fence('console', ...prompts.map((prompt) => `${prompt}docker pss`)))).toEqual(
      prompts.map((_, at) => `${at + 2}: docker: pss unknown`),
    )
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
