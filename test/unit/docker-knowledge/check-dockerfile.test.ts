import { describe, expect, it } from 'vitest'
import { checkDockerfile } from '../../../src/docker-knowledge/check-dockerfile.js'
import { loadDockerfileVocabulary } from '../../../src/docker-knowledge/vocabulary/dockerfile-vocabulary.js'

const faults = (...lines: readonly string[]) =>
  checkDockerfile(lines.join('\n'))
    .filter(({ status }) => status !== 'known')
    .map(({ line, kind, text, status }) => `${line}: ${kind} ${text} ${status}`)

describe('checkDockerfile', () => {
  it('knows all eighteen instructions', () => {
    expect(loadDockerfileVocabulary().instructions.size).toBe(18)
  })

  it('lists directives, instructions, flags and mount options with their lines', () => {
    const text = '# syntax=docker/dockerfile:1\n\nfrom --platform=$BUILDPLATFORM alpine\nRUN --mount=type=cache,target=/x ls'
    expect(checkDockerfile(text).map(({ kind, text: word, line }) => [kind, word, line])).toEqual([
      ['directive', 'syntax', 1],
      ['instruction', 'FROM', 3],
      ['flag', '--platform', 3],
      ['instruction', 'RUN', 4],
      ['flag', '--mount', 4],
      ['value', 'type=cache', 4],
      ['value', 'target=/x', 4],
    ])
  })

  it.each([
    ['a comment and an empty line inside a continued instruction', ['RUN a \\', '  # a comment', '', '  && b']],
    ['the body of a here-document', ['RUN <<EOF', 'NOT an instruction', 'EOF', 'COPY <<-"A" <<B /x/', 'NOR this', 'A', 'NOR that', 'B']],
    ['another escape mark', ['# escape=`', 'RUN a `', '  b', 'COPY x C:\\', 'USER ana']],
    ['flags of a shell command', ['RUN apt-get install --yes', 'CMD ["a", "--b"]', 'HEALTHCHECK --interval=5s CMD curl --fail x']],
    [
      'every flag that copies',
      ['COPY --from=a --chown=1:1 --chmod=755 --link --parents --exclude=*.md a b', 'ADD --checksum=sha256:x --keep-git-dir a b'],
    ],
    ['an instruction for later', ['ONBUILD COPY --chown=1 . .']],
    ['what a manual leaves out', ['FROM alpine', '...', '# …', '…']],
    ['pairs, also with blanks inside', ['ENV A=1 B="two words"', 'LABEL "a.b"="c"']],
    [
      'exec forms, over two lines and behind flags',
      [
        'CMD ["a", \\',
        '  "b"]',
        'RUN --network=none ["a"]',
        'HEALTHCHECK --retries=1 CMD ["a"]',
        'SHELL ["sh", "-c"]',
        'VOLUME ["/a"]',
        'CMD []',
      ],
    ],
    ['tests of a shell', ['RUN [ -f x ] || touch x', 'RUN [ "$A" = "b" ]', 'CMD [[ -f x ]]', 'HEALTHCHECK CMD [ -f /ready ]']],
    ['forms of a manual', ['CMD ["program", …]', 'ENTRYPOINT [...]', 'VOLUME /a /b']],
    ['Windows line ends', ['FROM alpine\r', 'RUN a \\\r', ' b\r']],
  ])('takes %s', (_title, lines) => {
    expect(faults(...lines)).toEqual([])
  })

  it.each([
    [['FROM alpine', 'RUM ls'], ['2: instruction RUM unknown']],
    [['COPY --form=a b c'], ['1: flag --form unknown']],
    [['RUN a \\', ' b', 'RUN --netwerk=none c'], ['3: flag --netwerk unknown']],
    [['RUN \\', '  --mount=type=cahce c'], ['2: value type=cahce unknown']],
    [['RUN --mount=type=secret,idd=x c'], ['1: value idd=x unknown']],
    [['RUN --network=nothing c'], ['1: value nothing unknown']],
    [['ONBUILD RNU c'], ['1: instruction RNU unknown']],
    [["CMD ['nginx']"], ["1: form CMD ['nginx'] unknown"]],
    [['ENTRYPOINT ["a", "b",]'], ['1: form ENTRYPOINT ["a", "b",] unknown']],
    [['RUN [apt-get, update]'], ['1: form RUN [apt-get, update] unknown']],
    [["RUN [ 'a', 'b' ]"], ["1: form RUN [ 'a', 'b' ] unknown"]],
    [['CMD ["sleep", 5]'], ['1: form CMD ["sleep", 5] unknown']],
    [['CMD ["a" "b"]'], ['1: form CMD ["a" "b"] unknown']],
    [['SHELL /bin/bash -c'], ['1: form SHELL /bin/bash -c unknown']],
    [['VOLUME [/data]'], ['1: form VOLUME [/data] unknown']],
    [['HEALTHCHECK --timeout=3s CMD [curl]'], ['1: form CMD [curl] unknown']],
    [["ONBUILD CMD ['a']"], ["1: form CMD ['a'] unknown"]],
    [['MAINTAINER Ana'], ['1: instruction MAINTAINER deprecated']],
    [['ENV PORT 80'], ['1: form ENV PORT deprecated']],
  ])('finds in %j what is wrong or old', (lines, expected) => {
    expect(faults(...lines)).toEqual(expected)
  })
})
