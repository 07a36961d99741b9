const instructions: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME'])

/**
 * Whether what stands behind an instruction (its flags taken away) means to be an exec form, `["program", "argument"]`, but is no JSON
 * array of strings: Docker hands it to a shell instead. A test of the shell, `[ -f x ] && …`, means no such thing.
 */
export function isBrokenExecForm(instruction: string, text: string): boolean {
  if (!instructions.has(instruction) || text.includes('…') || text.includes('...')) return false
  return looksMeant(instruction, text) && !isListOfStrings(text)
}

function looksMeant(instruction: string, text: string): boolean {
  if (instruction === 'SHELL') return true
  if (instruction === 'VOLUME') return text.startsWith('[')
  // The shell's own bracket is a word of its own, and its words have no commas between them.
  return /^\[(?:[^[\s]|$)/.test(text) || /^\[\s+(?:'[^']*'|"[^"]*")\s*,/.test(text)
}

function isListOfStrings(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((item) => typeof item === 'string')
  } catch {
    return false
  }
}
