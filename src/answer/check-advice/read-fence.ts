import { checkDockerfile } from '../../docker-knowledge/check-dockerfile.js'
import type { FoundItem } from './advice-item.js'
import { readCommands } from './read-commands.js'
import { readComposePiece } from './read-compose-piece.js'
import { readTypedLines } from './read-typed-lines.js'

const fencePattern = /^[ \t]*(`{3,}|~{3,})[ \t]*([\w.+-]*)[^\n]*\n([\s\S]*?)(?:\n?[ \t]*\1[`~]*\s*)?$/
const shells = /^(?:bash|sh|shell|zsh|fish|console|terminal|shell-?session|powershell|ps1|pwsh|cmd|bat|batch|dos)$/
const instructionLine =
  /^(?:FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|ARG|WORKDIR|EXPOSE|VOLUME|USER|LABEL|HEALTHCHECK|ONBUILD|SHELL|STOPSIGNAL|MAINTAINER) \S/
const composeLine = /^(?:services|volumes|networks|configs|secrets):|^ +(?:image|build|ports|volumes|depends_on|environment):/m

/** What a fence with its marks holds of Docker's: commands, or the words of a Dockerfile or of a Compose file. Other code gives nothing. */
export function readFence(fence: string): readonly FoundItem[] {
  const [, , language = '', body = fence] = fencePattern.exec(fence.replace(/\r\n?/g, '\n')) ?? []
  const text = outdent(body)
  switch (toCodeKind(language.toLowerCase(), text)) {
    case 'shell':
      return readCommands(readTypedLines(text, language.toLowerCase()))
    case 'dockerfile':
      return readDockerfile(text)
    case 'compose':
      return readComposePiece(text)
    case 'other':
      return []
  }
}

/** The instructions and flags of a Dockerfile or of a piece of one. Old forms such as `ENV name value` are left to the old advice. */
export function readDockerfile(text: string): readonly FoundItem[] {
  let owner = ''
  return checkDockerfile(text).flatMap(({ kind, text: name, status, note }): readonly FoundItem[] => {
    if (kind === 'form' || kind === 'directive') return []
    if (kind === 'instruction') owner = name
    const about = note === undefined ? { status } : { status, note }
    if (kind === 'instruction') return [{ kind, name, owner: name, ...about }]
    return [{ kind: kind === 'flag' ? 'flag' : 'option', name, owner, ...about }]
  })
}

function toCodeKind(language: string, text: string): 'shell' | 'dockerfile' | 'compose' | 'other' {
  if (shells.test(language)) return 'shell'
  if (/^(?:docker|dockerfile|containerfile)$/.test(language)) return 'dockerfile'
  if (/^(?:ya?ml|compose|docker-?compose)$/.test(language)) return 'compose'
  if (!/^(?:|text|txt|plain|plaintext|none|code)$/.test(language)) return 'other'
  const [first = ''] = text.split('\n').filter((line) => !/^\s*(?:#(?! *docker).*)?$/.test(line))
  if (instructionLine.test(first)) return 'dockerfile'
  return composeLine.test(text) && !/^\W*docker\b/.test(first) ? 'compose' : 'shell'
}

// A fence within a list is indented as a whole.
function outdent(text: string): string {
  const widths = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]))
  const width = Math.min(...widths)
  return width > 0 && Number.isFinite(width) ? text.replace(new RegExp(`^[ \\t]{${width}}`, 'gm'), '') : text
}
