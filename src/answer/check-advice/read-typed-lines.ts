const promptAtStart = /^(?:\(\w+\) ?)?(?:[\w.-]+@[\w.-]+(?::\S*)?\s*|PS [^>]*|[A-Z]:\\[^>]*)?[$>%] ?(?=\S)/
const rootPrompt = /^(?:\[?[\w.-]+@[\w.-]+[^#\n]*)?# (?=\S)/
const commandAtStart = /^\s*(?:sudo |\w+=\S* |exec |time )*(?:docker|docker-compose|docker-machine|dockerd|boot2docker)(?: |$)/

/**
 * What a person types of a fence's lines, without prompts and without what the machine prints. Where there are prompts, only their lines
 * count, with those that they go on to; without them every line of a shell's language, and of other text the lines that call Docker.
 */
export function readTypedLines(text: string, language: string): string {
  const lines = text.split('\n')
  const isConsole = /^(?:console|terminal|shell-?session)$/.test(language)
  const typed = lines.map((line) => stripPrompt(line, isConsole))
  const hasPrompts = typed.some((line) => line !== undefined)
  const isTyped = (line: string) =>
    language === '' || /^(?:te?xt|plain|plaintext|none|code|console)$/.test(language) ? commandAtStart.test(line) : true
  const kept: string[] = []
  let goesOn = false
  for (const [at, line] of lines.entries()) {
    const own = hasPrompts ? typed[at] : isTyped(line) ? line : undefined
    const taken: string | undefined = goesOn ? line.replace(/^> ?/, '') : own
    if (taken !== undefined) kept.push(taken)
    goesOn = taken !== undefined && /[\\`^]\s*$/.test(taken)
  }
  // A blank behind the backslash is a slip of the writer's, not another command.
  return kept.join('\n').replace(/([\\`^])[ \t]+$/gm, '$1')
}

function stripPrompt(line: string, isConsole: boolean): string | undefined {
  const trimmed = line.trimStart()
  // Elsewhere a number sign begins a comment.
  const pattern = isConsole || /^\[?\w[\w.-]*@/.test(trimmed) ? [promptAtStart, rootPrompt] : [promptAtStart]
  const found = pattern.map((one) => one.exec(trimmed)?.[0]).find((one) => one !== undefined && one !== '')
  return found === undefined ? undefined : trimmed.slice(found.length)
}
