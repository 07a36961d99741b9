const flag = /(?<![\p{L}\p{N}_./-])(?:-\p{L}{1,3}|--\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}])(?![\p{L}\p{N}_-])/gu
const path = /(?<![\p{L}\p{N}_./:$}-])(?:~|\.{1,2})?(?:\/[\p{L}\p{N}_.@-]+)+/gu
const portPair = /(?<![\p{L}\p{N}.:-])\p{N}{2,5}:\p{N}{2,5}(?![\p{L}\p{N}:-])/gu
const portNumber = /(?<=\bports?\s)\p{N}{2,5}\b/giu
const imageName =
  /(?<![\p{L}\p{N}_./:@$-])[a-z][a-z0-9._-]*(?::\p{N}{2,5}(?=\/))?(?:\/[a-z0-9._-]+)*:[\p{L}\p{N}][\p{L}\p{N}._-]*(?![\p{L}\p{N}_$/.:-])/gu

/** The flags, paths, ports and image names of a text, each once: what must stand letter by letter in the book. */
export function listLiterals(text: string): readonly string[] {
  const found = [flag, path, portPair, portNumber, imageName].flatMap((pattern) => text.match(pattern) ?? [])
  return [...new Set(found.map((literal) => literal.replace(/\.+$/, '')))]
}

/** Whether the literal stands in the text as a whole, not as a part of a longer one. */
export function holdsLiteral(text: string, literal: string): boolean {
  const goesOn = literal.includes('/') ? /^(?:[\p{L}\p{N}_-]|[./][\p{L}\p{N}])/u : /^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
    const before = text[at - 1] ?? ''
    if (!/[\p{L}\p{N}_-]/u.test(before) && !goesOn.test(text.slice(at + literal.length))) return true
  }
  return false
}
