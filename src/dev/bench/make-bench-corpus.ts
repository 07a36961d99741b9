import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPicker, type Pick } from './pick.js'

const nouns = [
  'container',
  'image',
  'volume',
  'network',
  'daemon',
  'client',
  'registry',
  'layer',
  'port',
  'service',
  'host',
  'secret',
  'cache',
  'driver',
]
const verbs = ['starts', 'keeps', 'removes', 'publishes', 'mounts', 'inspects', 'copies', 'shares', 'limits', 'restarts', 'builds', 'tags']
const flags = [
  '--rm',
  '-p 8080:80',
  '-v data:/data',
  '--network app',
  '-d',
  '--name web',
  '-e MODE=test',
  '--mount type=bind,src=/srv,dst=/srv',
]

/** Writes Docker-like Markdown books of about `bytes` in all, the same for the same arguments. Returns the number of bytes written. */
export async function makeBenchCorpus(folder: string, bytes: number): Promise<number> {
  await mkdir(folder, { recursive: true })
  const pick = createPicker(7)
  let written = 0
  for (let book = 1; written < bytes; book++) {
    const text = makeBook(book, Math.min(500_000, bytes - written), pick)
    await writeFile(join(folder, `book-${book}.md`), text)
    written += Buffer.byteLength(text)
  }
  return written
}

function makeBook(number: number, bytes: number, pick: Pick): string {
  const parts = [`# Book ${number}\n`]
  let length = 0
  for (let section = 1; length < bytes; section++) {
    const title =
      section % 12 === 1 ? `\n# Chapter ${section}\n` : `\n## How the ${pick(nouns)} ${pick(verbs)} a ${pick(nouns)} (${section})\n`
    const text = `${title}\n${makeParagraph(pick)}\n\n\`\`\`sh\ndocker run ${pick(flags)} ${pick(flags)} alpine:3.${section}\n\`\`\`\n\n- ${makeSentence(pick)}\n- ${makeSentence(pick)}\n\n${makeParagraph(pick)}\n`
    parts.push(text)
    length += text.length
  }
  return parts.join('')
}

function makeParagraph(pick: Pick): string {
  return Array.from({ length: 6 }, () => makeSentence(pick)).join(' ')
}

function makeSentence(pick: Pick): string {
  return `The **${pick(nouns)}** ${pick(verbs)} the ${pick(nouns)} of the ${pick(nouns)}, and \`docker run ${pick(flags)}\` ${pick(verbs)} its ${pick(nouns)}.`
}
