import { describe, expect, test } from 'vitest'
import { judgeSupport, toClaim, toJudgedPassage, toSupport } from '../../../../src/answer/cite-sources/judge-support.js'
import { rankedPassage } from '../../../helpers/ranked-passage.js'

const text = `Do not use \`--privileged\` for this. \`--push\` sends the image to the registry, and \`--load\` hands it to the daemon.

The daemon listens on port 8080 and waits 10 seconds. \`docker run -P\` publishes every exposed port.

\`ENTRYPOINT\` sets the program that is always started. The instruction \`CMD\` gives the default arguments.

A volume lives in \`/var/lib/docker/volumes\` and is kept after the container was removed. It is invisible from a bridge network.

| Flag | Meaning |
|---|---|
| \`-L\` | follows a symbolic link |
| \`-a\` | keeps the owner of a file |

\`docker commit\` makes an image out of a container.`
const passage = toJudgedPassage(rankedPassage({ text }).passage)
const judge = (sentence: string) => judgeSupport(toClaim(sentence), passage, () => 1)
const supportOf = (sentence: string) => toSupport(judge(sentence).score)

describe('judgeSupport', () => {
  test.each([
    'You should not use `--privileged` for this.',
    '`--push` sends the image to the registry.',
    'The daemon waits ten seconds and listens on port 8080.',
    '`ENTRYPOINT` sets the program that is always started.',
    'A volume is kept after the container has been removed.',
    'A volume lives in `/var/lib/docker`.',
    'Use `-L` so that it follows a symbolic link.',
    '`docker commit` makes an image out of a container.',
  ])('calls supported what the passage says: %s', (sentence) => {
    expect(supportOf(sentence)).toBe('supported')
  })

  test.each([
    ['a denial left out', 'Use `--privileged` for this.'],
    ['a denial put in', '`--push` does not send the image to the registry.'],
    ['another flag of the passage', '`--load` sends the image to the registry.'],
    ['a flag in another case', '`docker run -p` publishes every exposed port.'],
    ['a part of a number', 'The daemon listens on port 80.'],
    ['another unit', 'The daemon listens on port 8080 and waits 10 minutes.'],
    ['another path', 'A volume lives in `/var/lib/containers`.'],
    ['another instruction', '`CMD` sets the program that is always started.'],
    ['another subject', 'The client listens on port 8080 and waits 10 seconds.'],
    ['the opposite word', 'A volume is kept before the container was removed.'],
    ['the opposite by a prefix', 'It is visible from a bridge network.'],
    ['another row of the table', 'Use `-a` so that it follows a symbolic link.'],
    ['a direction turned round', '`docker commit` makes a container out of an image.'],
  ])('does not call supported what was falsified by %s', (_, sentence) => {
    expect(supportOf(sentence)).not.toBe('supported')
  })

  test('says what it doubts', () => {
    expect(judge('`--push` does not send the image to the registry.').doubts).toContainEqual({ kind: 'negation', about: 'not' })
    expect(judge('`CMD` sets the program that is always started.').doubts).toContainEqual({ kind: 'exchange', about: 'cmd' })
    expect(judge('The daemon listens on port 80.').lacking).toEqual(['80'])
  })

  test('takes a denied opposite for what it is: "not visible" is "invisible"', () => {
    expect(judge('It is not visible from a bridge network.').doubts).toEqual([])
  })

  test('points at the sentence that does it best', () => {
    const { start, end } = judge('`CMD` gives the default arguments.')
    expect(text.slice(start, end)).toBe('The instruction `CMD` gives the default arguments.')
  })

  test('calls unsupported what the passage does not speak of', () => {
    expect(supportOf('Bananas grow quickly on tropical islands.')).toBe('unsupported')
  })
})
