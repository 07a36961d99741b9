import type { Chapter } from './read-handbook.js'

/** Where a chapter's Markdown leaves the handbook's rules, as `file:line: what`. */
export function findFormFaults(chapter: Chapter): readonly string[] {
  const titles = chapter.headings.filter(({ level }) => level === 1)
  const faults = [
    ...(titles.length === 1 ? [] : [{ line: titles[1]?.line ?? 1, what: `${titles.length} headings of the first level` }]),
    ...chapter.fences.filter(({ isClosed }) => !isClosed).map(({ line }) => ({ line, what: 'a fence without an end' })),
    ...chapter.fences.filter(({ language }) => language === '').map(({ line }) => ({ line, what: 'a fence without a language' })),
    ...chapter.prose.flatMap(({ text, line }) =>
      [...text.matchAll(/<!--.*?(?:-->|$)|<\/?[a-z][^>]*>/gi)]
        .filter(([tag]) => !/^<(?:https?:|mailto:)/.test(tag))
        .map(([tag]) => ({ line, what: `HTML: ${tag}` })),
    ),
  ]
  return faults.map(({ line, what }) => `${chapter.file}:${line}: ${what}`)
}
