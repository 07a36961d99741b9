import GithubSlugger, { slug } from 'github-slugger'
import { type BookId, toBookId } from '../../core/types/brand.js'

/**
 * One id per book name, in the same order, unique in the corpus. A name that no other book resembles keeps its id whatever else is
 * added; books that differ in nothing but their kind (`Docker.md`, `Docker.pdf`, `Docker/`) all carry the kind in their ids.
 */
export function createBookIds(names: readonly string[]): readonly BookId[] {
  const plain = names.map((name) => toSlug(name.replace(/\/$|\.(?:md|markdown|pdf)$/i, '')))
  const slugger = new GithubSlugger()
  return names.map((name, at) => {
    const id = plain[at] ?? ''
    const isShared = plain.filter((other) => other === id).length > 1
    return toBookId(slugger.slug(isShared ? toSlug(`${name.replace(/\/$/, ' folder')}`) : id))
  })
}

function toSlug(words: string): string {
  const joined = slug(words.replace(/[.\s]+/g, ' ').trim())
  return joined.replace(/-{2,}/g, '-').replace(/^-|-$/g, '') || 'book'
}
