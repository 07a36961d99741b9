import { describe, expect, it } from 'vitest'
import { rewriteByRule } from '../../../../src/answer/rewrite-question/rewrite-by-rule.js'

const volume = 'How do I create a named volume?'

/** What was asked before, the follow-up, and what it must become. */
const followUps: readonly (readonly [before: string, question: string, standalone: string])[] = [
  ['What is a volume?', 'Where does it live?', 'Where does a volume live?'],
  ['What are bind mounts?', 'Why are they so slow?', 'Why are bind mounts so slow?'],
  [volume, 'And how do I remove it?', 'How do I remove a named volume?'],
  [volume, 'Can two containers use the same one?', 'Can two containers use the same named volume?'],
  ['What does docker diff show?', 'What do its letters mean?', "What do docker diff's letters mean?"],
  ['How do I give a Compose service a secret?', 'Where does the app find it?', 'Where does the app find a secret?'],
  ['How do I publish port 80 of my web container?', 'Can I change it later?', 'Can I change port 80 of my web container later?'],
  ['How do I add a user to the docker group?', 'How do I undo that?', 'How do I undo that (add a user to the docker group)?'],
  ['How do I add a user to the docker group?', 'Is that safe?', 'Is that (add a user to the docker group) safe?'],
  ['What is an overlay network?', 'What is that for?', 'What is an overlay network for?'],
  ['Where is the Docker daemon configured on Linux?', 'and on Windows?', 'Where is the Docker daemon configured on Windows?'],
  ['How do I install Docker?', 'And on a Raspberry Pi?', 'How do I install Docker on a Raspberry Pi?'],
  ['How do I list images?', 'what about networks?', 'How do I list networks?'],
  ['How do I publish a port?', 'What about UDP?', 'How do I publish a port: what about UDP?'],
  ['How do I publish a TCP port?', 'How about udp', 'How do I publish a udp port?'],
  ['Is it safe to mount the Docker socket?', 'Why?', 'Why (safe to mount the Docker socket)?'],
  [volume, 'Can you give me an example?', 'Can you give me an example (create a named volume)?'],
  ['Why should I not mount the Docker socket?', 'What should I do instead?', 'What should I do instead (not mount the Docker socket)?'],
  ['Where can I see the logs of a container?', 'Only the last lines please', 'Only the last lines please (see the logs of a container)'],
  // An earlier rewriting's brackets do not pile up.
  ['Why (create a named volume)?', 'Can you give me an example?', 'Can you give me an example (create a named volume)?'],
]

/** Questions with pronouns and beginnings that lean on nothing. */
const alone: readonly string[] = [
  'What is a container?',
  'So what is an image?',
  'And how do I list networks?',
  'Is it possible to run Docker inside Docker?',
  'What does it mean when a container is unhealthy?',
  'Why does it always take ten seconds before my container stops?',
  'How do I stop a container when it hangs?',
  'If I delete the container, is it gone for good?',
  'Why does my container exit as soon as it starts?',
  'How do I build an image that runs as another user?',
  'Is there a limit on layers?',
  'How do I run one process per container?',
  'What is the difference between CMD and ENTRYPOINT, and when do I use them?',
  'My thing quits the very moment I start it. Where do I look?',
  'Does EXPOSE 8080 open the port? What does it actually do?',
  'Error response from daemon: that port is already allocated',
  'docker exec vs attach',
  'ONBUILD trigger',
  '-P',
  'on-failure restart policy',
  'How do I use Compose instead of docker run?',
]

describe('rewriteByRule', () => {
  it.each(followUps)('after "%s" takes "%s" for "%s"', (before, question, standalone) => {
    expect(rewriteByRule(question, before)).toBe(standalone)
  })

  it.each(alone)('leaves "%s" as it is', (question) => {
    expect(rewriteByRule(question, volume)).toBe(question)
  })

  it('makes something that needs no rewriting, whatever was asked before', () => {
    for (const [before, question] of followUps) {
      const once = rewriteByRule(question, before)
      if (!once.includes('(') && !once.includes('what about')) expect(rewriteByRule(once, volume)).toBe(once)
    }
  })

  it('gets through hostile texts, and lets long ones be', () => {
    const texts = ['it '.repeat(100), `${'('.repeat(390)}it`, 'a '.repeat(190), `and ${'so '.repeat(120)}`, 'why '.repeat(90)]
    for (const text of texts) for (const before of [...texts, 'word '.repeat(20_000)]) rewriteByRule(text, before)
    const log = `it failed\n${'line of a log\n'.repeat(60)}`
    expect(rewriteByRule(log, volume)).toBe(log)
  })
})
