import { describe, expect, it } from 'vitest'
import { parseHelp } from '../../../../src/dev/vocabulary/parse-help.js'
import { mergeBuild, walkHelp } from '../../../../src/dev/vocabulary/walk-help.js'

const page = (...lines: readonly string[]) => lines.join('\n')

describe('parseHelp', () => {
  const help = parseHelp(
    page(
      'Usage:  docker box [OPTIONS] NAME',
      '',
      'Make a box (EXPERIMENTAL)',
      '',
      'Aliases:',
      '  docker box, docker bx',
      '',
      'Management Commands:',
      '  lid*        Manage lids',
      '',
      'Commands:',
      '  open        Open it',
      '',
      'Options:',
      '  -c, --colour list   Colours, for example',
      '                      --not-a-flag',
      '      --deep          Deep box (DEPRECATED)',
      '      --tree          Show a tree (EXPERIMENTAL)',
      '      --a-flag-with-a-name-that-leaves-no-room string',
      '                      Its words',
      '',
      'Global Options:',
      '  -D, --debug         Say more',
    ),
  )

  it('reads usage, names and commands', () => {
    expect(help).toMatchObject({ usage: 'docker box [OPTIONS] NAME', aliases: ['docker box', 'docker bx'], subcommands: ['lid', 'open'] })
    expect(help).toMatchObject({ isExperimental: true, isDeprecated: false })
  })

  it('reads flags with their values and marks, and no flag out of a description', () => {
    expect(help.flags).toEqual([
      '-c, --colour list',
      '--deep (deprecated)',
      '--tree (experimental)',
      '--a-flag-with-a-name-that-leaves-no-room string',
      '-D, --debug',
    ])
  })
})

describe('walkHelp', () => {
  const pages: Readonly<Record<string, string>> = {
    docker: page('Usage:  docker [OPTIONS] COMMAND', 'Commands:', '  run         Run', '  box         Boxes'),
    'docker run': page('Usage:  docker run [OPTIONS] IMAGE', 'Aliases:', '  docker box run, docker run', 'Options:', '      --rm   Remove'),
    'docker box': page('Usage:  docker box COMMAND', 'Commands:', '  run         Run', '  ls          List'),
    'docker box run': page('Usage:  docker box run [OPTIONS] IMAGE', 'Aliases:', '  docker run', 'Options:', '      --rm   Remove'),
    'docker box ls': page('Usage:  docker box ls [OPTIONS]', 'Aliases:', '  docker box list'),
  }

  it('takes every command once, with its other names', () => {
    const records = walkHelp(['docker'], (path) => pages[path.join(' ')] ?? '')
    expect(records.map(({ path, usage, aliases }) => [path, usage, aliases])).toEqual([
      ['docker', 'COMMAND', []],
      ['docker run', 'IMAGE', ['docker box run']],
      ['docker box', 'COMMAND', []],
      ['docker box ls', '', ['docker box list']],
    ])
  })
})

describe('mergeBuild', () => {
  const record = { usage: '', aliases: [], marks: [] }

  it('marks the flags that only the old builder takes', () => {
    const client = [{ ...record, path: 'docker build', marks: ['deprecated'], flags: ['-t, --tag list', '--squash'] }]
    const buildx = [{ ...record, path: 'docker buildx build', flags: ['-t, --tag stringArray', '--load'] }]
    expect(mergeBuild(client, buildx)).toEqual([
      { ...record, path: 'docker build', flags: ['-t, --tag stringArray', '--load', '--squash (classic builder)'] },
    ])
    expect(mergeBuild(client, [])).toEqual(client)
  })
})
