const inlineMarkup = /[\\`*<[\]~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w{1,32};)|\{(?=[%{#.:<])/gu

/**
 * Plain text as Markdown that reads the same: what a reader of Markdown would take for a heading, list, rule, tag or emphasis gets
 * a backslash before it. Lines stay lines; their indentation is dropped, for four spaces would make code of them.
 */
export function escapeMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeLineStart(line.trim().replace(inlineMarkup, '\\$&')))
    .join('\n')
}

function escapeLineStart(line: string): string {
  return line.replace(/^[#>=+-]/, '\\$&').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}
