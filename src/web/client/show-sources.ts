import type { Citation } from '../../core/types/answer.js'
import { createElement } from './create-element.js'

/** Book and headings down to the section, as one line. */
export function toPlaceTitle({ book, headingPath }: Pick<Citation, 'book' | 'headingPath'>): string {
  const path = headingPath[0] === book.title ? headingPath : [book.title, ...headingPath]
  return path.join(' › ')
}

export function toLinesText({ startLine, endLine, page }: Pick<Citation, 'startLine' | 'endLine' | 'page'>): string {
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine}–${endLine}`
  return page === undefined ? lines : `page ${page}, ${lines}`
}

/** The list items of the sources, by number. Each has a link of the class `open-place` that leads to the place in its book. */
export function renderSources(citations: readonly Citation[]): readonly HTMLLIElement[] {
  return citations
    .toSorted((a, b) => a.n - b.n)
    .map((citation) =>
      createElement('li', { id: `source-${citation.n}`, value: String(citation.n) }, [
        createElement('a', { class: 'open-place', href: toOwnPath(citation.url) }, [toPlaceTitle(citation)]),
        createElement('span', { class: 'lines' }, [` ${toLinesText(citation)}`]),
        createElement('blockquote', {}, [citation.quote]),
      ]),
    )
}

/** Only addresses of this service are followed. */
function toOwnPath(url: string): string {
  const target = new URL(url, location.origin)
  return target.origin === location.origin ? target.pathname + target.hash : '/'
}
