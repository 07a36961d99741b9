import type { Piece } from './break-block.js'

/** Words; what retrieval and the embedding windows were measured with. */
export const maxPassageWords = 220
// A remainder below this is no passage of its own, and a passage may grow by so much to take it in.
const tinyWords = 40
const toleratedWords = 60
// A lead paragraph says what the code or list behind it is for.
const maxLeadWords = 60

type Group = readonly Piece[]

/**
 * Puts neighbouring pieces of one section together to passages of about even size, none above `maxPassageWords` but for a remainder
 * taken in. A short paragraph stays with the code, table or list that it leads to.
 */
export function groupPieces(pieces: readonly Piece[]): readonly Group[] {
  const total = sizeOf(pieces)
  const target = total / Math.max(1, Math.ceil(total / maxPassageWords))
  const groups: Piece[][] = []
  let open: Piece[] = []
  for (const piece of pieces) {
    const size = sizeOf(open)
    if (open.length > 0 && (size + piece.size > maxPassageWords || size >= target)) {
      const lead = takeLead(open, piece)
      groups.push(open)
      open = lead
    }
    open.push(piece)
  }
  return mergeTiny(open.length > 0 ? [...groups, open] : groups)
}

/** Removes the last piece from a group that is about to be closed when it belongs to the next piece. */
function takeLead(group: Piece[], next: Piece): Piece[] {
  const lead = group.at(-1)
  const isLead = lead !== undefined && lead.kind === 'prose' && lead.size <= maxLeadWords && group.length > 1
  const leadsOn = next.kind === 'fence' || next.kind === 'code' || next.kind === 'table' || next.kind === 'list'
  if (!isLead || !leadsOn || lead.size + next.size > maxPassageWords) return []
  return group.splice(-1)
}

function mergeTiny(groups: readonly Group[]): readonly Group[] {
  const merged: Group[] = []
  for (const group of groups) {
    const last = merged.at(-1) ?? []
    const isTiny = sizeOf(group) < tinyWords || sizeOf(last) < tinyWords
    if (last.length > 0 && isTiny && sizeOf(last) + sizeOf(group) <= maxPassageWords + toleratedWords)
      merged[merged.length - 1] = [...last, ...group]
    else merged.push(group)
  }
  return merged
}

function sizeOf(pieces: Group): number {
  return pieces.reduce((sum, piece) => sum + piece.size, 0)
}
