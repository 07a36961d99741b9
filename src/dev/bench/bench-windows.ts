import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createBookFolder } from '../../adapters/book-files/create-book-folder.js'
import { cutWindows, type WindowMeasure, type WindowSource } from '../../ingest/embed-passages/cut-windows.js'
import { loadBooks } from '../../ingest/load-books/load-books.js'
import { splitPassages } from '../../ingest/split-passages/split-passages.js'
import { createRandomBits } from '../model-folder/random-numbers.js'

const corpusDir = join(import.meta.dirname, '../../../corpus')

/** Windows as an ingest embeds them, in file order: of the books in the corpus, and of made-up text where these are too short. */
export async function readBenchWindows(count: number, measure: WindowMeasure): Promise<readonly string[]> {
  const windows: string[] = []
  for (const passage of [...(await readPassages()), ...makeUpPassages(count)]) {
    if (windows.length >= count) break
    windows.push(...cutWindows(passage, measure))
  }
  return windows.slice(0, count)
}

async function readPassages(): Promise<readonly WindowSource[]> {
  const handbook = await stat(join(corpusDir, 'handbook')).catch(() => undefined)
  if (handbook === undefined) return []
  const { books } = await loadBooks(createBookFolder(corpusDir))
  return (await Promise.all(books.map(splitPassages))).flat()
}

const sentences = [
  'The daemon pulls the image from the registry when it is not cached on the host.',
  'Run `docker run -d -p 8080:80 --name web nginx:1.25` and open http://localhost:8080 in a browser.',
  'A named volume outlives its container.',
  'Each instruction of a Dockerfile adds one layer, which later builds reuse.',
  'In docker-compose.yml, `depends_on` orders the start of services but does not wait until they are ready.',
  'Bind mounts show a directory of the host at /usr/share/nginx/html inside the container.',
  'Use `docker network create --driver bridge backend` to let containers find each other by name.',
]

function makeUpPassages(count: number): readonly WindowSource[] {
  const next = createRandomBits(5)
  return Array.from({ length: count }, () => {
    const cleanText = Array.from({ length: 1 + (next() % 14) }, () => sentences[next() % sentences.length]).join(' ')
    return { headingPath: ['Working with containers', 'Running'], cleanText }
  })
}
