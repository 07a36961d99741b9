/**
 * A global pattern for `part` behind `command` within the same shell command, also over lines continued with a backslash. Both are
 * pattern sources. The gap is at most 200 characters, so that a text of nothing but commands is still searched in linear time, and
 * holds no backtick, pipe, semicolon or ampersand: behind these another command or plain prose begins.
 */
export function inCommand(command: string, part: string): RegExp {
  return new RegExp(String.raw`(?<![\w./-])${command}(?![\w-])(?:[^\n\\${'`'}|;&]|\\(?:\r?\n)?){0,200}?${part}`, 'g')
}
