import type { ShellCommand } from './split-shell-words.js'

const assignment = /^[A-Za-z_]\w*=/
/** Words before a command that leave it a command. */
const wrapper = /^(?:sudo|doas|time|timeout|nohup|nice|exec|command|env|watch|xargs|winpty|ssh|eval|then|do|else|if|while|until|!|\{|\$)$/
const program = /^(?:.*[/\\]s?bin[/\\])?([\w-]+?)(?:\.exe)?$/

/** Which word of a simple command calls one of the tools, and under which name; behind assignments, `sudo` and its like. */
export function findTool(words: ShellCommand, tools: { has(name: string): boolean }): { at: number; name: string } | undefined {
  let isWrapped = false
  for (const [at, { text }] of words.entries()) {
    const name = program.exec(text)?.[1]
    if (name !== undefined && tools.has(name)) return { at, name }
    if (assignment.test(text)) continue
    if (wrapper.test(text)) isWrapped = true
    else if (!isWrapped || !belongsToWrapper(text, words[at - 1]?.text ?? '')) return undefined
  }
  return undefined
}

// A flag, the value after a short flag, a span of time, the host of ssh.
function belongsToWrapper(text: string, before: string): boolean {
  return text.startsWith('-') || /^-[A-Za-z]$/.test(before) || /^[\d.]+[smhd]?$/.test(text) || before === 'ssh'
}
