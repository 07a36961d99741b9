import { describe, expect, it } from 'vitest'
import { checkAdvice } from '../../../../src/answer/check-advice/check-advice.js'
import type { Citation } from '../../../../src/core/types/answer.js'
import { rankedPassage } from '../../../helpers/ranked-passage.js'

/** An answer that cites the whole of one passage. */
function check(markdown: string, passageText = 'Nothing of Docker stands here.', quote = passageText) {
  const ranked = rankedPassage({ text: passageText, before: 'Before.\n' })
  const { passage, book } = ranked
  const startOffset = passage.startOffset + passageText.indexOf(quote)
  const place = { file: passage.file, headingPath: passage.headingPath, startLine: 1, endLine: 1 }
  const citation: Citation = {
    n: 1,
    passageId: passage.id,
    book,
    ...place,
    startOffset,
    endOffset: startOffset + quote.length,
    quote,
    url: '/',
  }
  return checkAdvice({ markdown, citations: [citation] }, [ranked])
}

const told = (markdown: string, passageText?: string) => check(markdown, passageText).map(({ code, text }) => `${code}: ${text}`)
const textOf = (code: string, markdown: string, passageText?: string) =>
  check(markdown, passageText)
    .filter((notice) => notice.code === code)
    .map(({ text }) => text)
const fence = (language: string, ...lines: readonly string[]) => [`\`\`\`${language}`, ...lines, '```'].join('\n')

const passage = [
  'Start a container in the background:',
  '',
  '```console',
  '$ sudo docker run -d --name web -p 8080:80 nginx',
  '```',
  '',
  'Look at it with `docker ps` and `docker logs -f`. Volumes are made by `docker volume create`.',
].join('\n')

describe('an answer that says what its passages say', () => {
  it.each([
    ['a console with a prompt and output', fence('console', '$ docker run -d --name web nginx', '4f1c', 'Error: docker foo --bar')],
    [
      'a shell line with sudo, environment, pipe and the long form of a flag',
      fence('bash', 'A=1 sudo docker run --detach nginx | tee docker.log'),
    ],
    ['continued lines', fence('sh', 'docker run -d \\', '  --name web \\', '  --publish 8080:80 \\', '  nginx')],
    ['letters behind one dash', 'Write `docker run -dp 8080:80 nginx` [1].'],
    ['a longer name of the same command', 'Write `docker container run --name web nginx`, or look with `docker container ls`.'],
    ['a fence without a language', fence('', 'docker logs --follow web', 'web  | ready --now')],
    ['a fence in a list', `1. First:\n\n   ${fence('bash', 'docker ps').replaceAll('\n', '\n   ')}`],
    ['prose', 'The docker run command takes --name; **docker volume create** makes a volume.'],
    ['what programs in containers are told', fence('bash', 'docker run -d nginx nginx -g "daemon off;" --nonsense')],
    ['ordinary words', 'A docker image is read only, docker containers are not, and docker volumes outlive them.'],
    ['names of files, images and variables', 'See `docker-compose.yml`, `nginx:1.29-alpine`, `-alpine`, `DOCKER_HOST`, `/var/lib/docker`.'],
    ['what other programs take', 'In the image run `npm install` with `--production`, and give Redis `--appendonly yes`.'],
    [
      'a message that names a wrong flag',
      'The message `unknown flag: --nmae` means that docker does not know the flag --nmae; it is misspelt.',
    ],
    ['a denial', 'There is no `docker volume mount` command, and `docker run` has no `--persist`.'],
  ])('gets no notice: %s', (_name, markdown) => {
    expect(told(markdown, passage)).toEqual([])
  })

  it('is believed also where Docker itself does not know the word', () => {
    expect(told('Write `docker frobnicate --hard` [1].', 'The plugin brings `docker frobnicate --hard`.')).toEqual([])
  })

  it('is read in books that have no fences', () => {
    expect(told('Run `docker stop -t 5 web` [1].', 'Stop it like this:\n\n$ sudo docker stop \\\n  -t 5 web\n')).toEqual([])
  })
})

describe('what Docker does not know', () => {
  it.each([
    ['an invented flag', fence('bash', 'docker run -d --persist --name web nginx'), 'the flag `--persist` of `docker run`'],
    ['behind a prompt, sudo and a variable', fence('console', '$ A=1 sudo docker run --persist nginx'), '`--persist`'],
    ['on a continued line', fence('bash', 'docker run -d \\', '  --persist \\', '  nginx'), '`--persist`'],
    ['behind a pipe', fence('bash', 'docker ps -q | xargs docker stop --gently'), '`--gently`'],
    ['an invented command', 'Use `docker volume mount data /data` [1].', 'the command `docker volume mount`'],
    ['in prose, with a flag of its command', 'Start it with docker run --persist and go on.', '`--persist`'],
    ['in prose, called a command', 'The docker persist command keeps it.', 'the command `docker persist`'],
    ['a flag alone', 'The `--persist` flag keeps the data of the container.', 'the flag `--persist`'],
    ['a flag alone in prose', 'To keep the data of a container pass --persist to it.', 'the flag `--persist`'],
    ['an invented instruction', fence('dockerfile', 'FROM alpine', 'PERSIST /data'), 'the instruction `PERSIST`'],
    ['an invented instruction, named', 'The `PERSIST` instruction keeps a folder.', 'the instruction `PERSIST`'],
    ['an instruction without a language', fence('', 'FROM alpine', 'PERSIST /data'), 'the instruction `PERSIST`'],
    ['a flag of an instruction', fence('dockerfile', 'FROM alpine', 'COPY --owner=1 a /b'), 'the flag `--owner` of `COPY`'],
    ['a kind of mount', fence('dockerfile', 'FROM alpine', 'RUN --mount=type=keep,target=/a ls'), 'the value `type=keep` of `RUN`'],
    [
      'an invented key',
      fence('yaml', 'services:', '  web:', '    image: nginx', '    persist: true'),
      '`persist` at `services.web.persist`',
    ],
    [
      'an invented key in a piece',
      fence('yaml', 'web:', '  image: nginx', '  ports: ["80:80"]', '  persist: true'),
      'the Compose key `persist`',
    ],
    ['an invented key, named', 'In a Compose file the key `persist` keeps the data.', 'the Compose key `persist`'],
    ['a command in a CI job', fence('yaml', 'jobs:', '  a:', '    steps:', '      - run: docker bild .'), 'the command `docker bild`'],
  ])('is named: %s', (_name, markdown, item) => {
    const unknown = textOf('COMMAND_UNKNOWN', markdown)
    expect(unknown).toHaveLength(1)
    expect(unknown[0]).toContain(item)
    expect(unknown[0]).toContain('no cited passage shows it')
  })

  it.each([
    ['docker run --nmae web nginx', "Docker's nearest is `--name`."],
    ['docker volumme ls', "Docker's nearest is `docker volume`."],
    ['docker network crate shop', "Docker's nearest is `docker network create`."],
    ['docker volume mount data', '`docker volume` has create, inspect, ls, prune, rm, update.'],
    ['docker build --restart always .', '`docker run` has it.'],
    ['docker compose up -f a.yml', '`docker compose` has it.'],
  ])('comes with the known form that is near: %s', (command, known) => {
    expect(textOf('COMMAND_UNKNOWN', `\`${command}\``)[0]).toContain(known)
  })

  it('names the nearest instruction and key', () => {
    expect(textOf('COMMAND_UNKNOWN', fence('dockerfile', 'FROM alpine', 'ENTRYPIONT ["a"]'))[0]).toContain('`ENTRYPOINT`')
    expect(textOf('COMMAND_UNKNOWN', fence('yaml', 'services:', '  web:', '    depend_on: [db]'))[0]).toContain('`depends_on`')
  })

  it('is told once, however often the answer says it', () => {
    const markdown = `Use \`--persist\` with the container.\n\n${fence('bash', 'docker run --persist a', 'docker run --persist b')}`
    expect(textOf('COMMAND_UNKNOWN', markdown)).toHaveLength(1)
  })

  it('is not vouched for by the same flag of another command', () => {
    const found = textOf('COMMAND_UNKNOWN', '`docker build --name web .`', 'Write `docker build .` and `docker run --name web nginx`.')
    expect(found).toEqual([expect.stringContaining('`--name` of `docker build`')])
  })
})

describe('what Docker knows but no cited passage shows', () => {
  it('stands in one notice that names everything', () => {
    const markdown = fence('bash', 'docker run -d --init --name web nginx', 'docker stop web', 'docker run --init nginx')
    expect(told(markdown, passage)).toEqual([
      'COMMAND_NOT_IN_BOOK: Docker knows the flag `--init` of `docker run` and the command `docker stop`, but no cited passage shows them: ' +
        'the books do not vouch for this use.',
    ])
  })

  it.each([
    ['an instruction', fence('dockerfile', 'STOPSIGNAL SIGINT'), 'the instruction `STOPSIGNAL`'],
    ['a Compose key', fence('yaml', 'services:', '  web:', '    init: true'), '`init` at `services.web.init`'],
    ['a flag alone', 'Give the container `--init`.', 'the flag `--init`'],
  ])('may be %s', (_name, markdown, item) => {
    expect(textOf('COMMAND_NOT_IN_BOOK', markdown, passage)[0]).toContain(item)
  })

  it('is found in the cited passages alone', () => {
    const [cited, other] = [rankedPassage({ text: passage }), rankedPassage({ text: 'Write `docker run --init nginx`.' }, 2)]
    const base = { n: 1, book: cited.book, file: 'book.md', headingPath: [], startLine: 1, endLine: 1, quote: '', url: '/' }
    const markdown = '`docker run --init nginx`'
    const citing = (passageId: string) => ({ markdown, citations: [{ ...base, passageId, startOffset: 0, endOffset: 0 }] })
    expect(checkAdvice(citing(cited.passage.id), [cited, other]).map(({ code }) => code)).toEqual(['COMMAND_NOT_IN_BOOK'])
    expect(checkAdvice(citing(other.passage.id), [cited, other])).toEqual([])
  })
})

describe('what is old', () => {
  it('names the book with its year, since when, and the form of today, once', () => {
    const book = 'Connect them: `docker run --link db:db web`. The flag `--link db:db` comes first.'
    expect(told('Connect them: `docker run --link db:db web` [1]. Then `docker run --link db:db api` [1].', book)).toEqual([
      'OLD_ADVICE: The Book (2020) gives old advice: “Connect containers with --link.” It is old since 2015 (Engine 1.9). Today: Put both on a ' +
        'network of your own: `docker network create shop`, then `docker run --network shop --name db postgres`; the name `db` is found by DNS.',
    ])
  })

  it.each([
    ['docker-compose up', fence('bash', 'docker-compose up -d'), 'Call Compose as docker-compose'],
    ['MAINTAINER', fence('dockerfile', 'FROM alpine', 'MAINTAINER Ana <ana@example.com>'), 'with MAINTAINER'],
    ['docker-machine', fence('bash', 'docker-machine create --driver virtualbox default'), 'docker-machine'],
  ])('is the answer’s own when no book says it: %s', (_name, markdown, says) => {
    const notices = check(markdown).filter(({ code }) => code !== 'COMMAND_NOT_IN_BOOK')
    expect(notices).toEqual([
      { code: 'OLD_ADVICE', text: expect.stringMatching(/^This answer gives old advice: “.*It is old since \d{4}/s) },
    ])
    expect(notices[0]?.text).toContain(says)
  })

  it('is told for a quote that the answer puts into other words', () => {
    const book = 'You can link containers with `docker run --link db:db web`. Names are then known.'
    expect(told('Containers can be linked so that names are known [1].', book)).toEqual([
      expect.stringContaining('OLD_ADVICE: The Book (2020)'),
    ])
  })

  it('is not told for what stands in the passage beside the quote', () => {
    const book = 'Use `docker run --link db:db web`. Names are then known to both.'
    expect(check('Names are known to both [1].', book, 'Names are then known to both.')).toEqual([])
  })

  it('is told by the vocabulary where the table of old advice is silent', () => {
    const [notice] = check(fence('bash', 'docker images -h'), 'See `docker images`.')
    expect(notice).toEqual({ code: 'COMMAND_OLD', text: 'The flag `-h` of `docker images` is deprecated: today --help.' })
  })

  it.each([
    ['a sentence that calls it old', 'Old books write `docker run --link db:db web`.'],
    ['a flag that is called legacy', 'The legacy `--link` flag joins two containers.'],
    ['the next sentence', 'Write `docker run --link db:db web`. It is deprecated.'],
    ['advice against it', 'Create a network instead of `docker run --link db:db web`.'],
    ['the sentence before a fence', `Older guides connect them with links:\n\n${fence('bash', 'docker run --link db:db web')}`],
    ['the sentence below a fence', `Like this:\n\n${fence('bash', 'docker-compose up')}\n\nNote that \`docker-compose\` is obsolete.`],
    ['a comment in the code', fence('bash', '# the old way', 'docker run --link db:db web')],
    ['a heading', `## What older books say\n\nWrite \`docker run --link db:db web\`.`],
    ['the head of a table', '| Old form | Today |\n| --- | --- |\n| `docker-compose up` | `docker compose up` |'],
  ])('is not told where the text itself says so: %s', (_name, text) => {
    const ofAge = (notices: readonly { readonly code: string }[]) => notices.filter(({ code }) => /OLD/.test(code))
    expect(ofAge(check(text))).toEqual([])
    expect(ofAge(check('The book tells how [1].', text))).toEqual([])
  })

  it.each([
    ['old things to clean up', 'Remove old containers: `docker rm $(docker ps -aq)`.'],
    ['another thing that is left', 'Instead of typing addresses, write `docker run --link db:db web`.'],
    ['a book that says today', 'Today one writes `docker run --link db:db web`.'],
  ])('is told although the sentence speaks of %s', (_name, text) => {
    expect(textOf('OLD_ADVICE', text)).toHaveLength(1)
  })
})

describe('hostile text', () => {
  it.each(['`', '``` ', '`docker ', 'docker run --a ', '| --- ', '- `--a` ', '```yaml\na: [', '\\\n', '$ ', 'docker $( '])(
    'is read to its end: 20,000 characters of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(20_000 / piece.length))
      expect(check(text, text).length).toBeLessThan(100)
    },
  )
})
